"""The settings of a deployment, read once by the bootstrap and passed down as plain values."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting; each can be given as an environment variable ``HEYI_…``."""

    model_config = SettingsConfigDict(env_prefix="HEYI_", extra="ignore")

    database: str = Field(
        default="sqlite:///heyi.db",
        description="the database: sqlite:///FILE or postgresql+psycopg://…",
    )
    key_file: Path = Field(
        default=Path("heyi.key"),
        description="the file of the deployment's 32-byte key (hex); made by `heyi db upgrade`",
    )
    workflows: Path | None = Field(
        default=None,
        description="a folder of your own workflow files, looked into before the shipped ones",
    )
    zone: str = Field(default="Asia/Shanghai", description="the office's time zone")
    lang: Literal["zh", "en"] = Field(default="zh", description="language of what is printed")
    profile: str = Field(default="", description="a profile of params, e.g. xj")
    act_as: bool = Field(
        default=False,
        description="allow `--as PERSON` outside demo data; it is recorded with the system user",
    )
