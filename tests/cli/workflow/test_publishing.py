"""``heyi workflow publish`` on real data: two authors at two machines, each signed in."""

import re
from pathlib import Path

import pytest

from tests.cli.runner import HALL, Told, run

OWN = "a river of seven stones"
THREE = ("--administrator", "adm", "--security", "sec", "--auditor", "aud")


class Desk:
    """One person's machine: a token file of their own."""

    def __init__(self, person: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.person, self._file, self._patch = person, folder / person / "token", monkeypatch

    def __call__(self, *arguments: str, typed: str = "") -> Told:
        self._patch.setenv("HEYI_TOKEN_FILE", str(self._file))
        return run(*arguments, typed=typed)

    def sign_in(self, password: str) -> None:
        assert self("sign-in", self.person, typed=f"{password}\n{OWN}\n").code == 0


@pytest.fixture
def desks(bare: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Desk]:
    """A founded office with two authors, everybody signed in."""
    monkeypatch.setenv("HEYI_LANG", "en")
    told = run("db", "upgrade", *THREE)
    slips = {row[1]: row[-1] for row in map(str.split, told.out.splitlines()) if len(row) == 4}
    found = {one: Desk(one, bare, monkeypatch) for one in ("adm", "sec", "aud", "aut", "aut2")}
    for one in ("adm", "sec", "aud"):
        found[one].sign_in(slips[one])
    for one in ("aut", "aut2"):
        assert found["adm"]("person", "add", one, "--post", "author@office").code == 0
        slip = found["sec"]("person", "password-reset", one)
        found[one].sign_in(re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", slip.out)[0])
    return found


def digest_of(told: Told) -> str:
    return re.findall(r"--digest ([0-9a-f]{12})", told.err)[0]


def test_two_persons_publish_a_file_and_the_auditor_reads_who(desks):
    one, two = desks["aut"], desks["aut2"]
    assert one("workflow", "publish", str(HALL)).out == "hall@1\n"
    seen = digest_of(two("workflow", "publish", "--show", "hall@1"))

    own = one("workflow", "publish", "--confirm", "hall@1", "--digest", seen)
    done = two("workflow", "publish", "--confirm", "hall@1", "--digest", seen)

    assert (own.code, done.code, done.out) == (4, 0, "hall@1\n")
    acts = desks["aud"]("audit", "acts", "--json").json
    told = {act["kind"]: act["actor"] for act in acts}
    assert (told["file.handed_in"], told["workflow.published"]) == ("aut", "aut2")
    assert desks["aud"]("audit", "verify").code == 0


def test_a_file_handed_in_anew_is_looked_at_anew(desks, bare):
    one, two = desks["aut"], desks["adm"]
    one("workflow", "publish", str(HALL))
    seen = digest_of(two("workflow", "publish", "--show", "hall@1"))
    file = bare / "hall.yaml"
    file.write_text(HALL.read_text(encoding="utf-8").replace("<= 60", "<= 6"), encoding="utf-8")
    one("workflow", "publish", str(file))

    told = two("workflow", "publish", "--confirm", "hall@1", "--digest", seen)

    assert told.code == 5
    assert "look again" in told.err


def test_a_refused_file_is_told_to_its_author_with_the_reason(desks):
    one, two = desks["aut"], desks["aut2"]
    one("workflow", "publish", str(HALL))

    assert two("workflow", "publish", "--refuse", "hall@1", "--reason", "too many").code == 0
    assert "refused: too many" in one("workflow", "publish").out
    assert "too many" not in two("workflow", "publish").out
    assert two("workflow", "publish", "--json").json == []
    assert "too many" not in desks["aud"]("audit", "acts").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--confirm", "hall@1"], 2),
        (["--confirm", "hall", "--digest", "0" * 12], 2),
        (["--digest", "0" * 12], 2),
        (["--show", "hall@1", "--withdraw", "hall@1"], 2),
        (["--reason", "x"], 2),
        (["--refuse", "hall@1"], 2),
        (["--show", "nope@1"], 3),
        (["--withdraw", "hall@1"], 4),
        ([str(HALL), "--show", "hall@1"], 2),
    ],
)
def test_what_cannot_be_done_is_refused(desks, words, code):
    desks["aut"]("workflow", "publish", str(HALL))

    assert desks["aut2"]("workflow", "publish", *words).code == code


def test_a_file_that_is_wrong_is_not_kept(desks, bare):
    (bare / "bad.yaml").write_text("format: 1\nworkflow: bad\n", encoding="utf-8")

    assert desks["aut"]("workflow", "publish", "bad.yaml").code == 1
    assert desks["aut"]("workflow", "publish", "--json").json == []
