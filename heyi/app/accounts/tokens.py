"""Makes tokens: 256 random bits that a slip of the pen cannot turn into another's."""

import secrets
import string
from hashlib import sha256
from zlib import crc32

_PREFIX = "heyi_"
"""So that a token that lies around is recognised, by people and by scanners."""
_LETTERS = string.digits + string.ascii_letters
_LENGTH, _CHECK = 43, 6
"""So many of the 62 letters hold 256 bits, and the 32 bits of a CRC."""
_BITS = 256


def new_token() -> str:
    """Return a token that nobody has had."""
    body = _letters(secrets.randbits(_BITS), _LENGTH)
    return f"{_PREFIX}{body}{_crc(body)}"


def digest_of(token: str) -> str:
    """Return what is stored of a token: its SHA-256, hex; "" for what cannot be one."""
    body, check = token.removeprefix(_PREFIX)[:_LENGTH], token[-_CHECK:]
    if token != f"{_PREFIX}{body}{check}" or check != _crc(body):
        return ""
    return sha256(token.encode()).hexdigest()


def _crc(body: str) -> str:
    return _letters(crc32(body.encode()), _CHECK)


def _letters(number: int, length: int) -> str:
    found = ""
    for _ in range(length):
        number, rest = divmod(number, len(_LETTERS))
        found += _LETTERS[rest]
    return found
