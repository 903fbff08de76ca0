"""``heyi db``, ``doctor``, ``settings``, ``unit``, ``person``: what an operator does."""

import os
import stat

import pytest

from heyi.cli.shell.words import SETTINGS
from heyi.settings import Settings
from tests.cli.runner import HALL, NUMBER, run


def test_upgrade_makes_key_tables_and_publishes(bare):
    told = run("db", "upgrade", "--demo")

    assert told.code == 0
    assert "consultation@2" in told.out
    assert "work_items@1" in told.out
    assert stat.S_IMODE((bare / "heyi.key").stat().st_mode) == 0o600
    assert run("case", "list").code == 0


def test_upgrade_twice_does_nothing_more(bare):
    run("db", "upgrade", "--demo")
    key = (bare / "heyi.key").read_bytes()

    told = run("db", "upgrade")

    assert told.code == 0
    assert told.out == ""
    assert (bare / "heyi.key").read_bytes() == key


def test_upgrade_makes_no_new_key_for_old_data(heyi, office):
    (office / "heyi.key").unlink()

    told = heyi("db", "upgrade")

    assert told.code == 2
    assert not (office / "heyi.key").exists()


def test_upgrade_of_a_database_in_no_folder_is_not_found(bare, monkeypatch):
    monkeypatch.setenv("HEYI_DATABASE", f"sqlite:///{bare}/no/heyi.db")

    assert run("db", "upgrade").code == 3


def checks(told):
    return {one["check"]: one for one in told.json}


def test_a_healthy_office_has_no_findings(heyi):
    told = heyi("doctor", "--json", "--at", "2026-03-02 10:00")

    assert told.code == 0
    assert all(one["ok"] for one in told.json)
    assert {"settings", "key", "schema", "workflow", "calendar", "chain", "free_text"} <= {
        one["check"] for one in told.json
    }


def test_the_doctor_says_that_free_text_remains_a_human_duty(heyi):
    assert "须由人把关" in heyi("doctor").out
    assert "human duty" in heyi("doctor", "--lang", "en").out


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_the_doctor_finds_a_key_that_others_may_read(heyi, office):
    (office / "heyi.key").chmod(0o644)

    told = heyi("doctor", "--json")

    assert told.code == 1
    assert not checks(told)["key"]["ok"]


def test_the_doctor_of_an_empty_folder_finds_key_and_tables_missing(bare):
    told = run("doctor", "--json")

    assert told.code == 1
    assert not checks(told)["key"]["ok"]
    assert not checks(told)["schema"]["ok"]
    assert not (bare / "heyi.db").exists()


def test_the_doctor_finds_a_database_without_tables(bare):
    (bare / "heyi.key").write_text("ab" * 32, encoding="ascii")
    (bare / "heyi.key").chmod(0o600)
    (bare / "heyi.db").touch()

    assert not checks(run("doctor", "--json"))["schema"]["ok"]


def test_the_doctor_finds_a_wrong_workflow_and_one_not_published(heyi, office, monkeypatch):
    own = office / "own"
    own.mkdir()
    (own / "bad.yaml").write_text("format: 1\nworkflow: bad\n", encoding="utf-8")
    text = HALL.read_text(encoding="utf-8")
    (own / "hall.yaml").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    monkeypatch.setenv("HEYI_WORKFLOWS", str(own))

    found = [one for one in heyi("doctor", "--json").json if not one["ok"]]

    assert {one["check"] for one in found} == {"workflow", "published"}
    assert any("hall@2" in one["en"] for one in found)


def test_the_doctor_finds_a_published_version_whose_file_changed(heyi, office, monkeypatch):
    own = office / "own"
    own.mkdir()
    text = HALL.read_text(encoding="utf-8")
    (own / "hall.yaml").write_text(text.replace("<= 60", "<= 61"), encoding="utf-8")
    monkeypatch.setenv("HEYI_WORKFLOWS", str(own))

    found = [one for one in heyi("doctor", "--json").json if not one["ok"]]

    assert [one["en"] for one in found] == [
        "the file of hall@1 differs from what is published; raise its version"
    ]


def test_the_doctor_finds_a_calendar_that_is_over(heyi):
    told = heyi("doctor", "--json", "--at", "2040-01-01 10:00")

    assert told.code == 1
    assert not checks(told)["calendar"]["ok"]


def test_the_doctor_finds_a_changed_history(heyi, office):
    import sqlite3

    connection = sqlite3.connect(office / "heyi.db")
    connection.execute("UPDATE case_row SET state = 'lent'")
    connection.commit()
    connection.close()

    told = heyi("doctor", "--json")

    assert not checks(told)["chain"]["ok"]
    assert NUMBER in checks(told)["chain"]["zh"]


def test_the_doctor_notes_that_acting_is_open(heyi):
    found = checks(heyi("doctor", "--json"))

    assert found["demo"]["ok"]
    assert "founding" not in found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_settings_tells_every_setting_with_variable_and_meaning(bare, lang):
    rows = run("settings", "--json", "--lang", lang).json
    told = run("settings", "--lang", lang).out

    assert [row["name"] for row in rows] == [*Settings.model_fields]
    for row in rows:
        assert f"{row['variable']}=" in told
        assert row["description"] in told


def test_every_setting_has_a_chinese_description():
    assert SETTINGS.keys() == Settings.model_fields.keys()


def test_settings_keeps_the_password_of_a_database(bare, monkeypatch):
    monkeypatch.setenv("HEYI_DATABASE", "postgresql+psycopg://heyi:geheim@db/heyi")

    told = run("settings")

    assert "geheim" not in told.out
    assert "postgresql+psycopg://heyi:***@db/heyi" in told.out


def test_units_are_kept_in_their_tree(heyi):
    heyi("unit", "add", "cheng", "--level", "community", "--title", "城东社区", "--parent", "jie")

    units = {unit["id"]: unit for unit in heyi("unit", "list", "--json").json}
    street = heyi("unit", "show", "jie", "--json").json

    assert units["cheng"]["parent"] == "jie"
    assert street["above"] == ["shi"]
    assert street["below"] == ["cheng", "heshun"]
    assert "城东社区" in heyi("unit", "list").out


def test_a_unit_tells_who_holds_its_posts(heyi):
    assert "keeper: wang 王" in heyi("unit", "show", "heshun").out


def test_a_unit_cannot_lie_below_itself(heyi):
    told = heyi("unit", "add", "shi", "--level", "city", "--title", "x", "--parent", "heshun")

    assert told.code == 6


def test_posts_are_given_and_ended(heyi):
    heyi("person", "post", "zhao", "keeper@heshun", "chair@heshun")
    heyi("person", "unpost", "zhao", "chair@heshun")

    people = {one["id"]: one for one in heyi("person", "list", "--json").json}

    assert people["zhao"]["posts"] == ["keeper@heshun"]
    assert "keeper@heshun" in heyi("person", "list").out
    assert heyi("case", "do", NUMBER, "decline", "--as", "zhao").code == 0


@pytest.mark.parametrize("post", ["keeper", "@heshun", "keeper@"])
def test_a_post_is_written_role_at_unit(heyi, post):
    assert heyi("person", "post", "zhao", post).code == 2


def test_a_person_with_a_post_at_no_unit_is_not_kept_at_all(heyi):
    assert heyi("person", "add", "sun", "--post", "keeper@nope").code == 3
    assert "sun" not in heyi("person", "list").out


def test_an_id_with_half_a_character_is_refused(heyi):
    told = heyi("person", "add", "a\x00b")

    assert told.code == 2
