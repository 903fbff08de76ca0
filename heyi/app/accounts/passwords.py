"""Makes and checks passwords: argon2id, at most two at a time, the same time for nobody."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.case.text import Text, said
from heyi.app.accounts.commonwords import COMMON

LEAST = 10
"""Characters of a password."""
MOST = 200
_ONCE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_ONCE_GROUPS, _ONCE_LENGTH = 4, 4
_AT_ONCE = BoundedSemaphore(2)
"""Each takes 19 MiB: many at once would be a way to stop the office."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The least that OWASP names for argon2id; the library's own defaults take ten times as long."""
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""What is checked for who has no account: it fits no password and takes as long."""
_TOO_SHORT = Text("密码至少{least}个字符", "a password has at least {least} characters")
_TOO_LONG = Text("密码最多{most}个字符", "a password has at most {most} characters")
_THE_SAME = Text("新密码与原来的相同", "the new password is the old one")
_TOO_PLAIN = Text(
    "密码太容易猜：不要只用数字、常见密码、人员的 id、重复或连续的字符",
    "easily guessed: not digits alone, no common password, no id of a person, no repeated"
    " characters, no row of keys",
)
_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_KINDS = 4
_FEW = 4
"""Fewer letters than these, with digits, are a birthday or a telephone number."""
_AROUND = "0123456789!@#$%^&*._-+?~ "
_SPELT = str.maketrans("@4$50!13", "aassoile")
"""Signs in place of letters: ``p@ssw0rd`` is no better than ``password``."""


def hashed(password: str) -> str:
    """Return the text that is stored of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, secret: str | None) -> bool:
    """Return whether a password is that of a stored text; None takes as long and fits nothing."""
    with _AT_ONCE:
        try:
            # Longer ones are nobody's; what anybody may send must not cost as it likes.
            return _HASHER.verify(secret or _NOBODY, password[: MOST + 1])
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(secret: str) -> bool:
    """Return whether a stored text was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(secret)


def one_time_password() -> str:
    """Return a password to be used once: 79 random bits, without letters that look alike."""
    return "-".join(
        "".join(secrets.choice(_ONCE_LETTERS) for _ in range(_ONCE_LENGTH))
        for _ in range(_ONCE_GROUPS)
    )


def wrong_with(password: str, *, person: str, old: str) -> Text | None:
    """Return why a person may not choose a password; None where it will do.

    Args:
        password: the one chosen.
        person: whose.
        old: the one it takes the place of.
    """
    if password == old:
        return _THE_SAME
    if len(password) < LEAST:
        return said(_TOO_SHORT, least=LEAST)
    if len(password) > MOST:
        return said(_TOO_LONG, most=MOST)
    plain = password.lower()
    in_a_row = any(plain in row or plain in row[::-1] for row in _ROWS)
    named = person.lower() in plain if len(person) >= _KINDS else person.lower() == plain
    if named or len(set(plain)) < _KINDS or in_a_row or _is_common(plain):
        return _TOO_PLAIN
    return None


def _is_common(plain: str) -> bool:
    """Return whether nothing is left beside digits, signs and a common word, once or twice."""
    return _is_known(plain) or _is_known(plain.rstrip(_AROUND).translate(_SPELT))


def _is_known(text: str) -> bool:
    letters = "".join(sign for sign in text if sign.isalpha())
    if all(sign.isalnum() for sign in text) and len(letters) < _FEW:
        return True
    first, second = letters[: len(letters) // 2], letters[len(letters) // 2 :]
    return letters in COMMON or (first == second and first in COMMON)
