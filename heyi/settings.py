"""The settings of a deployment, read once by the bootstrap and passed down as plain values."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$"


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
    profile: str = Field(
        default="national",
        description="the jurisdiction whose params hold: national, hainan, xj, or one of your own",
    )
    token_file: Path = Field(
        default=Path("~/.config/heyi/token"),
        description="where `heyi sign-in` keeps your own token; only you may read that file",
    )
    base_url: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="where people reach heyi, for links in alerts: https://heyi.example",
    )
    alert_lang: Literal["zh", "en", "both"] = Field(
        default="zh", description="language of the alerts that are sent: zh, en, or both"
    )
    ring_seconds: int = Field(
        default=30,
        ge=1,
        le=3600,
        description="how often clocks are swept and alerts delivered, in seconds",
    )
    digest_at: str = Field(
        default="08:30",
        pattern=_TIME,
        description="when the day's digests are made, in the office's zone",
    )
    verify_at: str = Field(
        default="02:00",
        pattern=_TIME,
        description="when all history is verified, in the office's zone",
    )
    prefect_port: int = Field(
        default=4200,
        ge=1,
        le=65535,
        description="the port of the Prefect server that `heyi serve --prefect` starts on loopback",
    )
    prefect_home: Path = Field(
        default=Path("heyi-prefect"),
        description="the folder where that server keeps its runs",
    )
