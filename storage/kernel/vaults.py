"""Seals values: AES-GCM with one data key a case and vault, wrapped by the deployment's key.

What is sealed is bound to its case, place and vault, so it opens nowhere else. Destroying
the wrapped key makes every copy illegible at once, in events as well, while the chain over
the stored bytes still verifies.
"""

import hmac
import os
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.kernel.errors import MasterKeyRefused, SealBroken
from storage.kernel.texts import from_text, to_text

KEY_BYTES = 32
_NONCE_BYTES = 12
_GENERATION_BYTES = 2


class MasterKey:
    """The deployment's key: wraps data keys, and makes unique keys illegible in an index."""

    def __init__(self, secret: bytes) -> None:
        """Take the key as 32 random bytes.

        Raises:
            MasterKeyRefused: it has another length.
        """
        if len(secret) != KEY_BYTES:
            raise MasterKeyRefused(len(secret))
        self._cipher = AESGCM(secret)
        self._index = hmac.digest(secret, b"unique keys", "sha256")
        self._texts = AESGCM(hmac.digest(secret, b"texts of the deployment", "sha256"))
        # A key of its own: what people type is blinded, and must not make a voucher.
        self._voucher = hmac.digest(secret, b"acts of the office", "sha256")

    def wrap(self, key: bytes, *, case: str, vault: str, generation: int) -> str:
        """Return a data key in the form that is stored."""
        return _seal(self._cipher, key, _bound(case, "key", vault, generation))

    def unwrap(self, wrapped: str, *, case: str, vault: str, generation: int) -> "DataKey":
        """Return the data key that was stored.

        Raises:
            SealBroken: it was changed, or wrapped by another deployment's key.
        """
        try:
            key = _open(self._cipher, wrapped, _bound(case, "key", vault, generation))
        except (InvalidTag, ValueError) as error:
            raise SealBroken(case, vault=vault, place="key") from error
        return DataKey(key, case=case, vault=vault, generation=generation)

    def seal_text(self, text: str, *, place: tuple[str, ...]) -> str:
        """Return a text of the deployment, of no case, sealed at its place."""
        return _seal(self._texts, text.encode(), to_text(place, what="a place").encode())

    def open_text(self, sealed: str, *, place: tuple[str, ...]) -> str | None:
        """Return the text sealed at this place, or None where it does not open."""
        try:
            return _open(self._texts, sealed, to_text(place, what="a place").encode()).decode()
        except (InvalidTag, ValueError):
            return None

    def blind(self, parts: tuple[str, ...]) -> str:
        """Return a digest of a unique key: equal for equal parts, legible to nobody."""
        return hmac.new(self._index, to_text(parts, what="unique key").encode(), sha256).hexdigest()

    def vouch(self, parts: tuple[str, ...]) -> str:
        """Return the MAC of an act of the office, which only who has the key can make."""
        return hmac.new(self._voucher, to_text(parts, what="an act").encode(), sha256).hexdigest()


class DataKey:
    """The key of one case, vault and generation."""

    def __init__(self, key: bytes, *, case: str, vault: str, generation: int) -> None:
        """Take the key and what it is for."""
        self._cipher = AESGCM(key)
        self._case, self._vault, self._generation = case, vault, generation
        self._prefix = generation.to_bytes(_GENERATION_BYTES, "big")

    def seal(self, values: Any, *, place: str) -> str:  # noqa: ANN401 - any plain value
        """Return plain values sealed at a place (``event:3``, ``row:7``) of the case."""
        text = to_text(values, what=f"vault '{self._vault}'").encode()
        return _seal(self._cipher, text, self._bound(place), prefix=self._prefix)

    def open(self, sealed: str, *, place: str) -> Any:  # noqa: ANN401 - any plain value
        """Return the plain values sealed at this place.

        Raises:
            SealBroken: they were changed, or sealed for another place, vault or case.
        """
        try:
            text = _open(self._cipher, sealed, self._bound(place), skip=_GENERATION_BYTES)
        except (InvalidTag, ValueError) as error:
            raise SealBroken(self._case, vault=self._vault, place=place) from error
        return from_text(text.decode())

    def _bound(self, place: str) -> bytes:
        return _bound(self._case, place, self._vault, self._generation)


def new_key() -> bytes:
    """Return a fresh data key."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def generation_of(sealed: str) -> int:
    """Return which generation of the vault's key sealed this; 0 if it was mangled."""
    # Four characters of base64 are three bytes: the generation and one more.
    try:
        return int.from_bytes(b64decode(sealed[:4])[:_GENERATION_BYTES], "big")
    except ValueError:
        return 0


def _bound(case: str, place: str, vault: str, generation: int) -> bytes:
    # With their lengths, so that no two lists of parts make one text.
    return f"{len(case)}:{case}{len(place)}:{place}{generation}:{vault}".encode()


def _seal(cipher: AESGCM, text: bytes, bound: bytes, *, prefix: bytes = b"") -> str:
    nonce = os.urandom(_NONCE_BYTES)
    return b64encode(prefix + nonce + cipher.encrypt(nonce, text, bound)).decode("ascii")


def _open(cipher: AESGCM, sealed: str, bound: bytes, *, skip: int = 0) -> bytes:
    stored = b64decode(sealed, validate=True)
    nonce, text = stored[skip : skip + _NONCE_BYTES], stored[skip + _NONCE_BYTES :]
    return cipher.decrypt(nonce, text, bound)
