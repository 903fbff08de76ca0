"""From alerts owed to messages sent: each once, none of what is settled, none lost."""

import sqlite3
from contextlib import closing

import pytest

from heyi.app.alerts.digest import Digests
from heyi.app.alerts.texts import Notice
from heyi.app.alerts.views import dead_letters, own_alerts, words_of
from tests.builders.errand_office import Errands, at, errands, later, template

OPENED = at("2026-06-01 09:00")
PART = at("2026-06-08 09:00")
EVE = at("2026-06-10 09:00")
OVER = at("2026-06-12 09:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return template(tmp_path_factory.mktemp("errands"))


@pytest.fixture
def office(made, tmp_path):
    with errands(made, tmp_path) as found:
        yield found


def texts(office: Errands) -> list[str]:
    return [message.text for _url, message in office.post.sent]


def test_an_alert_goes_to_every_address_of_its_person(office):
    office.address("wang", "a")
    office.address("wang", "b")
    office.address("li", "c")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)

    report = office.deliver(PART)

    assert sorted(url for url, _message in office.post.sent if "70%" in _message.text) == ["a", "b"]
    assert report.sent == office.rows("sent")
    assert office.alerts() == {"sent": 3}


def test_nothing_is_sent_twice(office):
    office.address("wang", "a")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    office.deliver(PART)
    count = len(office.post.sent)

    report = office.deliver(later(PART, days=1))

    assert not report.more
    assert len(office.post.sent) == count


def test_quiet_hours_are_waited_for(office):
    office.address("wang", "a")
    office.ask("buy milk", now=OPENED)
    office.sweep(at("2026-06-08 00:00"))

    office.deliver(at("2026-06-08 07:59"))
    assert not any("70%" in text for text in texts(office))
    office.deliver(at("2026-06-08 08:00"))
    assert any("70%" in text for text in texts(office))


def test_an_alert_for_somebody_without_an_address_is_read_in_heyi(office):
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)

    report = office.deliver(PART)

    assert report.inapp == 3
    assert office.alerts() == {"sent": 3}
    assert not office.post.sent


def test_what_is_done_meanwhile_is_not_told(office):
    office.address("wang", "a")
    case = office.ask("buy milk", now=OPENED)
    office.sweep(at("2026-06-08 00:00"))
    office.move(case, "done", now=at("2026-06-08 07:00"))

    report = office.deliver(PART)

    assert report.moot == report.alerts
    assert not office.post.sent
    assert set(office.alerts()) == {"moot"}


def test_what_is_done_between_two_attempts_is_not_told(office):
    office.address("wang", "a")
    office.post.says("retry", "busy")
    case = office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    office.deliver(PART)
    count = len(office.post.sent)
    office.move(case, "done", now=later(PART, minutes=1))

    report = office.deliver(later(PART, minutes=5))

    assert len(office.post.sent) == count
    assert (report.dropped, report.dead) == (1, 0)


def test_a_rung_that_an_extension_took_away_is_not_told(office):
    office.address("wang", "a")
    case = office.ask("buy milk", now=OPENED)
    office.sweep(at("2026-06-10 00:00"))
    office.move(case, "stretch", now=at("2026-06-10 07:00"), until="2026-06-20")

    office.deliver(EVE)

    assert not any("还有1个工作日" in text for text in texts(office))


def test_a_rung_that_stands_after_an_extension_is_told_with_the_new_day(office):
    office.address("wang", "a")
    case = office.ask("buy milk", now=OPENED)
    office.sweep(at("2026-06-08 00:00"))
    office.move(case, "stretch", now=at("2026-06-08 07:00"), until="2026-06-18")

    office.deliver(PART)

    assert any("70%" in text and "2026-06-18" in text for text in texts(office))


def test_what_the_clock_did_itself_is_told(office):
    office.address("wang", "a")
    office.ask("buy milk", now=OPENED)
    for day in ("2026-06-12", "2026-06-16", "2026-06-27"):
        office.sweep(at(f"{day} 09:00"))

    office.deliver(at("2026-06-27 09:00"))

    assert any("系统已按规定自动办理" in text for text in texts(office))


def test_what_a_move_tells_a_role_goes_to_its_holders_and_the_units_robots(office):
    office.address("li", "a")
    office.address("plot", "robot", of="unit")
    case = office.ask("buy milk", now=OPENED)
    office.move(case, "call", now=OPENED)

    office.deliver(OPENED)

    assert [url for url, _message in office.post.sent] == ["a", "robot"]
    assert "案件有新的进展" in texts(office)[0]


def test_a_substitute_hears_what_a_role_is_told(office):
    office.address("li", "a")
    office.address("zhou", "z")
    with office.store.write() as work:
        work.absences.put("li", OPENED.date(), OPENED.date(), "zhou")
    case = office.ask("buy milk", now=OPENED)
    office.move(case, "call", now=OPENED)

    office.deliver(OPENED)

    assert [url for url, _message in office.post.sent] == ["z"]


def test_where_nobody_is_found_the_units_robot_is_told(office):
    with office.store.write() as work:
        for person, role in (("wang", "runner"), ("zhou", "runner"), ("li", "head")):
            work.people.take_post(person, role=role, unit="plot")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    assert office.deliver(PART).nobody > 0
    assert "dead" in office.alerts()

    office.address("plot", "robot", of="unit")
    office.sweep(EVE)
    office.deliver(EVE)

    assert [url for url, _message in office.post.sent] == ["robot"]


def test_a_digest_is_sent_with_counts_and_numbers(office):
    office.address("wang", "a")
    office.ask("buy milk", now=OPENED)
    Digests(office.cases).owe(EVE)

    office.deliver(EVE)

    assert "每日汇总" in texts(office)[0]
    assert "本周到期1项：园跑〔2026〕001号" in texts(office)[0]


def test_a_digest_of_what_is_done_by_now_is_not_sent(office):
    office.address("wang", "a")
    case = office.ask("buy milk", now=OPENED)
    Digests(office.cases).owe(EVE)
    office.move(case, "done", now=EVE)

    assert office.deliver(EVE).dropped == 1
    assert not office.post.sent


def test_a_case_whose_seal_is_broken_is_told_of_and_holds_up_nobody(office):
    office.address("wang", "a")
    broken = office.ask("buy milk", who="Wu", now=OPENED)
    office.ask("buy tea", now=OPENED)
    office.sweep(PART)
    raw(office, "UPDATE case_row SET sealed = replace(sealed, 'a', 'b') WHERE id = ?", broken)

    office.deliver(PART)

    told = [text for text in texts(office) if "70%" in text]
    assert len(told) == 2
    assert any(f"未编号案件 {broken[:8]}" in text and "2026-06-11" in text for text in told)


def test_alerts_are_listed_with_what_became_of_them(office):
    address = office.address("wang", "a")
    office.post.says("dead", "token:93000")
    case = office.ask("buy milk", now=OPENED)
    office.move(case, "call", now=OPENED)
    office.sweep(PART)
    Digests(office.cases).owe(EVE)
    office.deliver(PART)
    with office.store.write() as work:
        work.addresses.drop(address)

    view = office.deliveries()
    own = own_alerts(view, "wang", now=PART, lang="zh", limit=9).items
    dead = dead_letters(view, now=PART, lang="zh", limit=9).dead

    assert [one.text for one in own] == ["2026-06-10 每日汇总", "期限已过70%"]
    # Dead letters are the operator's, who need not know of any case.
    [letter] = dead
    assert (letter.shown, letter.number, letter.case) == (None, None, None)
    assert letter.text.startswith("单位：园；流程：跑腿；期限：")
    for lang, said in (("zh", "案件有新的进展"), ("en", "the case has moved on")):
        with office.store.read() as work:
            alert = next(one for one in work.alerts.of(case) if one.kind == "tell")
        assert words_of(alert, Notice(uid=alert.uid), lang) == said


def test_a_dead_letter_whose_address_is_broken_is_listed(office):
    office.address("wang", "a")
    office.post.says("dead", "token:93000")
    office.ask("buy milk", now=OPENED)
    office.sweep(PART)
    office.deliver(PART)
    raw(office, "UPDATE address SET url = 'AAAA'")

    found = dead_letters(office.deliveries(), now=PART, lang="en", limit=9).dead

    assert [(one.owner, one.shown) for one in found] == [("wang", None)]


def raw(office: Errands, sql: str, *values: str) -> None:
    with closing(sqlite3.connect(office.store._db.url.database or "")) as connection:
        connection.execute(sql, values)
        connection.commit()


def test_what_is_told_to_a_role_is_read_by_its_holders_and_nobody_else(office):
    case = office.ask("buy milk", now=OPENED)
    office.move(case, "call", now=OPENED)

    def read(person):
        views = own_alerts(office.deliveries(OPENED), person, now=OPENED, lang="zh", limit=10).items
        return [view.kind for view in views]

    assert read("li") == ["tell"]
    assert read("wang") == []
