"""The views of accounts and sessions."""

from typing import Literal

from heyi.app.view import View


class SignedIn(View):
    """A new session or token.

    Attributes:
        person: whose.
        token: what opens it; told once, and kept nowhere.
        session: its id, which opens nothing.
        until: when it ends by itself.
    """

    person: str
    token: str
    session: str
    until: str


class WhoView(View):
    """Whose session or token it is, and until when."""

    person: str
    session: str
    kind: Literal["session", "token"]
    until: str


class SlipView(View):
    """A one-time password, told once.

    Attributes:
        person: whose.
        name: the name shown.
        post: for which the account was made; "" for none.
        password: the one-time password; only its argon2id text is kept.
        until: the last moment at which it can be used; None for no end.
    """

    person: str
    name: str
    post: str = ""
    password: str
    until: str | None = None


class SessionView(View):
    """An open session or token, without what opens it."""

    session: str
    kind: Literal["session", "token"]
    via: str
    began: str
    used: str
    until: str
