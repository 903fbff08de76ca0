"""Posts are those of published workflows; roles are listed with levels, never with scores."""

from zoneinfo import ZoneInfo

import pytest

from heyi.app.people.people import People
from heyi.app.people.roles import KnownRole, wrong_post
from storage.kernel.schema import upgrade
from storage.work import Store
from tests.builders.demo_data import MARKED_AT, OPERATOR, mark_store
from tests.builders.stored_steps import MASTER


def test_a_role_that_no_workflow_knows_is_refused_with_the_nearest(heyi):
    told = heyi("person", "post", "zhao", "keper@heshun", "--lang", "zh")

    assert told.code == 2
    assert "没有岗位 keper，是否 keeper" in told.err
    assert "keper" not in heyi("person", "list").out
    assert heyi("person", "add", "sun", "--post", "xyz@heshun", "--lang", "en").code == 2
    assert "sun" not in heyi("person", "list").out


def test_a_role_is_not_held_at_a_level_that_its_workflows_do_not_name(heyi):
    told = heyi("person", "post", "zhao", "keeper@shi", "--lang", "zh")

    assert told.code == 2
    assert "岗位 keeper 不设在 city 一级；设在：community" in told.err


@pytest.mark.parametrize("post", ["keeper@heshun", "chair@heshun", "auditor@shi"])
def test_a_known_role_at_its_level_and_a_post_of_the_office_are_given(heyi, post):
    assert heyi("person", "post", "zhao", post).code == 0
    assert post in heyi("person", "list").out


def test_roles_are_listed_with_levels_workflows_and_how_many_hold_them(heyi):
    heyi("person", "post", "zhao", "keeper@heshun")
    rows = {one["role"]: one for one in heyi("person", "roles", "--json").json}

    assert rows["keeper"]["levels"] == [{"level": "community", "workflows": ["hall"], "held": 2}]
    assert rows["keeper"]["labels"]
    assert "keeper" in heyi("person", "roles").out
    assert "wang" not in heyi("person", "roles").out


def test_without_any_workflow_everything_is_allowed_with_a_note(tmp_path):
    upgrade(f"sqlite:///{tmp_path}/heyi.db")
    store = Store(f"sqlite:///{tmp_path}/heyi.db", MASTER)
    mark_store(store)
    people, reader = People(store, ZoneInfo("Asia/Shanghai")), OPERATOR
    people.put_unit(reader, unit="shi", level="city", title="市", now=MARKED_AT)
    people.put(reader, person="li", name="李", now=MARKED_AT)

    assert people.roles(reader).items == ()
    assert people.give_posts(
        reader, person="li", posts=[("anything", "shi")], now=MARKED_AT
    ).unchecked


def test_a_role_of_a_workflow_that_opens_anywhere_is_held_anywhere():
    known = {"helper": KnownRole(levels={"*": ["errand"]})}

    assert wrong_post(known, "helper", "anything") is None
    assert wrong_post(known, "zzz", "anything") is not None
