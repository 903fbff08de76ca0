"""``heyi db upgrade`` names the three persons once; until then the command line does little else."""

import shlex

import pytest

from heyi.bootstrap import read_key
from storage.work import Store
from tests.builders.old_office import KEY, folds, lay_out
from tests.builders.shelves import ROOT
from tests.cli.runner import HALL, Told, run

THREE = (
    "--administrator", "adm=张安", "--security", "sec=李平", "--auditor", "aud=王正",
)  # fmt: skip
OWN = "a river of seven stones"


@pytest.fixture
def old(bare):
    """A folder with the database of 0.1.0 and its key."""
    lay_out(bare / "heyi.db")
    (bare / "heyi.key").write_text(KEY.hex() + "\n", encoding="ascii")
    (bare / "heyi.key").chmod(0o600)
    return bare


def passwords(told: Told) -> dict[str, str]:
    """Return the one-time passwords that were printed, by person."""
    rows = [line.split() for line in told.out.splitlines() if "@" not in line]
    return {row[1]: row[-1] for row in rows if len(row) == 4}


def sign_in(person: str, password: str) -> Told:
    return run("sign-in", person, typed=f"{password}\n{OWN}\n")


def test_a_new_office_is_founded_in_one_command(bare):
    told = run("db", "upgrade", *THREE)

    assert told.code == 0, told.err
    assert passwords(told).keys() == {"adm", "sec", "aud"}
    assert "consultation@2" in told.out
    key = read_key(bare / "heyi.key")
    with Store(f"sqlite:///{bare / 'heyi.db'}", key) as store, store.read() as work:
        assert [one.kind for one in work.acts.list()] == ["release.published", "office.founded"]


def test_passwords_are_told_once_and_stand_in_no_file(bare):
    slips = passwords(run("db", "upgrade", *THREE))
    again = run("db", "upgrade")

    written = b"".join(one.read_bytes() for one in bare.rglob("*") if one.is_file())
    assert again.code == 0
    assert not any(slip in again.out + again.err for slip in slips.values())
    assert not any(slip.encode() in written for slip in slips.values())


def test_the_three_sign_in_and_each_does_what_their_post_permits(bare):
    slips = passwords(run("db", "upgrade", *THREE))
    told = {}
    for person, line in {
        "adm": "unit add heshun --level community --title 和顺社区 --parent office",
        "sec": "person password-reset adm",
        "aud": "audit acts --json",
    }.items():
        assert sign_in(person, slips[person]).code == 0
        assert run(*line.split()).code == 0
        told[person] = run(*line.split()).out
        assert run("person", "post", person, "author@office").code == (4 if person else 0)

    assert '"kind": "unit.put"' in told["aud"]


@pytest.mark.parametrize(
    "given", [(), THREE[:4], ("--administrator", "adm", "--security", "adm", "--auditor", "aud")]
)
def test_less_than_three_found_nothing(bare, given):
    told = run("db", "upgrade", *given)

    assert told.code == 2
    assert told.out == ""
    assert run("case", "list").code == 2
    # What was made stays, and the next try founds the office.
    assert run("db", "upgrade", *THREE).code == 0


def test_a_second_founding_is_refused(bare):
    run("db", "upgrade", *THREE)

    told = run("db", "upgrade", "--administrator", "x", "--security", "y", "--auditor", "z")

    assert told.code == 5
    assert told.out == ""


def test_demo_data_has_no_three_persons(bare):
    assert run("db", "upgrade", "--demo", *THREE).code == 2
    run("db", "upgrade", "--demo")
    assert run("db", "upgrade", *THREE).code == 5


@pytest.mark.parametrize(
    "line",
    [
        "case list", "case show 1", "case verify", "case open hall --unit heshun", "clock list",
        "clock sweep", "alert dead", "alert deliver", "alert list", "person list", "person roles",
        "person add x", "person post x chair@heshun", "person away x --from 2026-01-01 --until 2026-01-02",
        "unit list", "unit add x --level city --title x", "audit verify", "audit acts",
        "sign-in adm", "workflow publish", "db grants", "dispute report", "admission report",
        "worker --once", f"workflow publish {HALL}",
    ],
)  # fmt: skip
def test_before_the_founding_a_command_of_the_office_says_that_it_is_missing(old, line):
    run("db", "upgrade")

    told = run(*line.split(), "--lang", "en", typed="x\n")

    assert told.code == 2, told
    assert "no administrator, security and auditor" in told.err


@pytest.mark.parametrize("line", ["doctor", "settings", "workflow check " + str(HALL)])
def test_before_the_founding_the_operator_and_authors_of_files_are_served(old, line):
    run("db", "upgrade")

    told = run(*line.split())

    assert told.code == (1 if line == "doctor" else 0)


def test_an_office_of_0_1_0_is_founded_and_every_case_verifies(old):
    who = ("--administrator", "min", "--security", "ling", "--auditor", "du")
    assert run("db", "upgrade", *who).code == 2

    told = run("db", "upgrade", *who, "--unit", "shi")

    assert told.code == 0, told.err
    verified = run("audit", "verify", "--json")
    assert verified.json["verified"], verified.out
    assert verified.json["cases"] == len(folds())


def test_the_first_steps_of_the_chinese_readme_go_as_they_stand_there(bare):
    page = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    lines = [
        shlex.split(line[2:], comments=True)[1:]
        for line in page.splitlines()
        if line[:7] == "$ heyi "
    ]

    founded = run(*lines[0])
    slips = passwords(founded)
    signed = sign_in(lines[1][1], slips[lines[1][1]])
    rest = [run(*line) for line in lines[2:]]

    assert lines[1][0] == "sign-in"
    assert [founded.code, signed.code, *(one.code for one in rest)] == [0, 0, 0, 0]
