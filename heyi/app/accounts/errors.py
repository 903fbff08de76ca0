"""The errors of signing in. What is refused tells nobody whether there is such an account."""

from engine.case.errors import AccessError, HeyiError
from engine.case.text import Text
from heyi.app.errors import FactsNotFound


class SignInRefused(AccessError):
    """Person or password is wrong, or the account is locked: one answer for all of them."""

    code = "access.sign_in_refused"

    def __init__(self) -> None:
        super().__init__(
            "person or password is wrong, or the account is locked: each fifth failure locks it,"
            " for 15 minutes, then longer, at most an hour; security unlocks it"
        )


class NewPasswordNeeded(AccessError):
    """The one-time password is right; the person has to choose one of their own."""

    code = "access.new_password"

    def __init__(self) -> None:
        super().__init__("this password is for once; choose one of your own")


class PasswordExpired(AccessError):
    """The one-time password is right, but its days are over."""

    code = "access.password_expired"

    def __init__(self) -> None:
        super().__init__("this one-time password has expired; ask security for another")


class SessionEnded(AccessError):
    """There is no such session or token, or it has ended."""

    code = "access.session_ended"

    def __init__(self) -> None:
        super().__init__("this session has ended; sign in again")


class PasswordRefused(HeyiError):
    """A person may not choose this password."""

    code = "usage.password"

    def __init__(self, why: Text) -> None:
        self.told = why
        super().__init__(why.en)


class AccountUnknown(FactsNotFound):
    """A person has no account."""

    says = Text("“{person}”没有账号", "'{person}' has no account")


class SessionUnknown(FactsNotFound):
    """A person has no such session that is open."""

    says = Text("“{person}”没有会话“{session}”", "'{person}' has no open session '{session}'")
