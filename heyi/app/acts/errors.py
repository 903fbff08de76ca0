"""The errors of acts that may not be."""

from engine.case.errors import AccessError, HeyiError, SettingsError
from engine.case.text import Text, said
from heyi.app.acts.words import NOBODY, POSTS

_NEEDS = Text("{posts}", "no post of yours permits '{kind}'; it needs: {posts}")


class ActRefused(AccessError):
    """No post of this person permits the act."""

    code = "access.act"

    def __init__(self, kind: str, posts: list[str]) -> None:
        self.kind = kind
        self.posts = [POSTS[post] for post in posts] or [NOBODY]
        told = said(_NEEDS, kind=kind, posts=self.posts)
        super().__init__(told.en)


class OwnAct(AccessError):
    """A person would do to themselves what another has to do."""

    code = "access.own_act"

    def __init__(self) -> None:
        super().__init__("nobody gives this to themselves; ask a second person")


class SignInNeeded(AccessError):
    """Nobody in particular asks for what a person alone may do."""

    code = "access.sign_in"

    def __init__(self) -> None:
        super().__init__("this is for a person alone; sign in first")


class NotFounded(SettingsError):
    """The database has no administrators yet."""

    code = "settings.founding"

    def __init__(self) -> None:
        super().__init__("no administrator, security and auditor are named yet")


class SecondPersonNeeded(AccessError):
    """Whoever handed a file in would publish or refuse it."""

    code = "access.second_person"

    def __init__(self) -> None:
        super().__init__(
            "who handed a file in neither publishes nor refuses it; ask a second person"
        )


class PostsExclude(HeyiError):
    """A person would hold two posts that exclude each other."""

    code = "people.exclusive"
    says = Text(
        "“{person}”不能同时担任 {posts}：系统管理员、安全管理员、审计员须为三人",
        "'{person}' cannot hold {posts} at once: administrator, security, auditor are three",
    )

    def __init__(self, *, person: str, posts: str) -> None:
        self.told = said(self.says, person=person, posts=posts)
        super().__init__(self.told.en)


class LastOfThree(HeyiError):
    """The last holder of a post that the office cannot be without would leave it."""

    code = "people.last"
    says = Text(
        "{posts} 只剩这一人；请先让他人担任", "nobody else holds {posts}; give it to somebody first"
    )

    def __init__(self, *, posts: str) -> None:
        self.told = said(self.says, posts=posts)
        super().__init__(self.told.en)
