"""Passwords and tokens: what is stored opens nothing, what was typed wrong is nobody's."""

from hypothesis import given
from hypothesis import strategies as st

from heyi.app.accounts.passwords import (
    LEAST,
    MOST,
    fits,
    hashed,
    is_outdated,
    one_time_password,
    wrong_with,
)
from heyi.app.accounts.tokens import digest_of, new_token
from tests.effort import examples


@given(st.integers(0, 53), st.characters(codec="ascii", categories=["L", "N"]))
def test_a_token_with_one_letter_changed_has_no_digest(place: int, letter: str):
    token = new_token()
    changed = token[:place] + letter + token[place + 1 :]

    assert bool(digest_of(changed)) == (changed == token)


@given(st.text(max_size=80))
def test_what_nobody_made_has_no_digest(text: str):
    assert digest_of(text) == ""


def test_tokens_and_one_time_passwords_are_never_the_same():
    tokens = {new_token() for _ in range(examples(everyday=50, full=1000))}
    passwords = {one_time_password() for _ in range(examples(everyday=50, full=1000))}

    assert len(tokens) == len(passwords) == examples(everyday=50, full=1000)
    assert {len(one) for one in tokens} == {54}
    assert all(wrong_with(one, person="wang", old="") is None for one in passwords)


def test_a_password_fits_its_own_text_alone():
    secret = hashed("a river of seven stones")

    assert secret.startswith("$argon2id$")
    assert fits("a river of seven stones", secret)
    assert not fits("a river of seven stone", secret)
    assert not fits("a river of seven stones", hashed("another one"))
    assert not fits("anything", None)
    assert not fits("anything", "no text of argon2")
    assert not is_outdated(secret)
    assert is_outdated(secret.replace("m=19456", "m=9728"))


@given(st.text(min_size=LEAST, max_size=MOST))
def test_a_password_that_will_do_is_neither_plain_nor_the_old_one_nor_the_id(password: str):
    told = wrong_with(password, person=password, old="x")

    assert told is not None
    assert wrong_with(password, person="wang", old=password) is not None
