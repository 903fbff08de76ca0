"""Senders against a host on loopback: what they send, what they make of an answer, what they hide."""

import logging
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest

from heyi.app.alerts.senders import Answer, Message, all_senders
from heyi.app.alerts.senders.addresses import AddressRefused, masked, read_address
from heyi.app.alerts.senders.base import REASONS, reason_text
from heyi.app.alerts.senders.robots import WECOM_BYTES, cut
from heyi.app.alerts.senders.web import MAX_ANSWER, NotReached, Web
from tests.builders.mail_server import mailing
from tests.builders.robot_server import Host, dingtalk, feishu, hosting

NOW = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
MESSAGE = Message(uid="ab12", title="【和议】001号", body="议题审核\n还有1个工作日到期")
SECRET = "SEC0123456789"


@pytest.fixture(scope="module")
def running():
    with hosting() as host:
        yield host


@pytest.fixture
def host(running: Host):
    running.asked.clear()
    running.says({"errcode": 0})
    return running


@pytest.fixture
def senders():
    return all_senders(lambda: NOW)


def sent(senders, kind, url) -> Answer:
    return senders[kind].send(url, MESSAGE)


def test_dingtalk_signs_what_it_sends(host, senders):
    host.answer = dingtalk(SECRET, int(NOW.timestamp() * 1000), keyword="和议")

    answer = sent(senders, "dingtalk", f"{host.url}/robot/send?access_token=TOKEN-1#{SECRET}")

    assert answer == Answer(outcome="sent")
    assert host.asked[0].body == {"msgtype": "text", "text": {"content": MESSAGE.text}}


def test_a_robot_without_a_secret_is_sent_no_signature(host, senders):
    sent(senders, "dingtalk", f"{host.url}/robot/send?access_token=TOKEN-1")

    assert host.asked[0].query == {"access_token": "TOKEN-1"}


def test_feishu_signs_in_the_body(host, senders):
    host.answer = feishu(SECRET, int(NOW.timestamp()))

    answer = sent(senders, "feishu", f"{host.url}/open-apis/bot/v2/hook/x#{SECRET}")

    assert answer == Answer(outcome="sent")
    assert host.asked[0].body["content"] == {"text": MESSAGE.text}


def test_wecom_is_sent_a_text(host, senders):
    assert sent(senders, "wecom", f"{host.url}/cgi-bin/webhook/send?key=k").outcome == "sent"
    assert host.asked[0].body == {"msgtype": "text", "text": {"content": MESSAGE.text}}


@pytest.mark.parametrize(
    ("kind", "status", "body", "outcome_and_reason"),
    [
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "sign not match"}, ("dead", "signature:310000")),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "invalid timestamp"}, ("dead", "signature:310000")),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "keywords not in content"}, ("dead", "keyword:310000")),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "消息内容中不包含任何关键词"}, ("dead", "keyword:310000")),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, ("dead", "ip:310000")),
        ("dingtalk", 200, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}, ("retry", "rate:130101")),
        ("dingtalk", 200, {"errcode": 300005, "errmsg": "token is not exist"}, ("dead", "token:300005")),
        ("dingtalk", 200, {"errcode": -1, "errmsg": "system busy"}, ("retry", "busy:-1")),
        ("dingtalk", 200, {"errcode": 987654, "errmsg": "?"}, ("retry", "refused:987654")),
        ("wecom", 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, ("dead", "token:93000")),
        ("wecom", 200, {"errcode": 45009, "errmsg": "api freq out of limit"}, ("retry", "rate:45009")),
        ("wecom", 200, {"errcode": 40058, "errmsg": "text.content exceed max length 2048"}, ("dead", "refused:40058")),
        ("feishu", 200, {"code": 19021, "msg": "sign match fail"}, ("dead", "signature:19021")),
        ("feishu", 200, {"code": 19024, "msg": "Key Words Not Found"}, ("dead", "keyword:19024")),
        ("feishu", 200, {"code": 19022, "msg": "Ip Not Allowed"}, ("dead", "ip:19022")),
        ("feishu", 200, {"code": 11232, "msg": "frequency limited"}, ("retry", "rate:11232")),
        ("feishu", 400, {"code": 9499, "msg": "too many request", "data": {}}, ("retry", "rate:9499")),
        ("feishu", 400, {"code": 9499, "msg": "Bad Request", "data": {}}, ("dead", "refused:9499")),
        ("feishu", 200, {"StatusCode": 19001, "StatusMessage": "x"}, ("dead", "token:19001")),
        ("wecom", 200, b"<html>please log in</html>", ("retry", "unreadable")),
        ("wecom", 200, [], ("retry", "unreadable")),
        ("wecom", 200, {"errcode": "0"}, ("retry", "unreadable")),
        ("wecom", 200, {"errcode": False}, ("retry", "unreadable")),
        ("wecom", 200, b" " * (MAX_ANSWER + 1), ("retry", "unreadable")),
        ("wecom", 502, b"bad gateway", ("retry", "busy:502")),
        ("wecom", 429, b"", ("retry", "rate:429")),
        ("wecom", 404, b"", ("dead", "token:404")),
        ("wecom", 500, {"errcode": 0}, ("retry", "busy:500")),
    ],
)  # fmt: skip
def test_an_answer_is_read_for_what_it_says(host, senders, kind, status, body, outcome_and_reason):
    host.says(body, status)

    answer = sent(senders, kind, f"{host.url}/robot/send?access_token=T")

    assert (answer.outcome, answer.reason) == outcome_and_reason
    assert reason_text(answer.reason, "zh") != answer.reason
    assert reason_text(answer.reason, "en") != answer.reason


def test_a_robot_that_was_too_fast_rests_ten_minutes(host, senders):
    host.says({"errcode": 130101})

    assert sent(senders, "dingtalk", host.url).wait == 600


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu"])
def test_a_redirect_is_not_followed(host, senders, kind):
    host.says(b"", 302)

    answer = sent(senders, kind, f"{host.url}/robot")

    assert answer == Answer(outcome="dead", reason="redirect:302")
    assert [asked.path for asked in host.asked] == ["/robot"]


def test_nobody_there_may_be_there_later(senders):
    assert sent(senders, "wecom", "http://127.0.0.1:9/x") == Answer(
        outcome="retry", reason="unreached"
    )


@pytest.mark.parametrize("url", ["http://[::1", "https://", "nothing", "ftp://a.example/x"])
def test_a_url_that_is_none_is_dead(senders, url):
    assert sent(senders, "wecom", url).outcome == "dead"


def test_an_answer_that_does_not_come_in_time_may_come_later(host):
    import threading

    gate = threading.Event()
    host.answer = lambda _asked: (gate.wait(30), (200, {"errcode": 0}))[1]

    with pytest.raises(NotReached) as caught:
        Web(seconds=0.2).post(host.url, {})
    gate.set()

    assert caught.value.reason == "timeout"


def test_apprise_sends_a_webhook(host, senders):
    url = host.url.replace("http://", "json://") + "/hook"

    assert sent(senders, "apprise", url) == Answer(outcome="sent")
    assert host.asked[0].body["title"] == MESSAGE.title
    assert host.asked[0].body["message"] == MESSAGE.body


def test_apprise_sends_a_mail(senders):
    with mailing() as (port, mails):
        url = f"mailto://heyi:geheim@example.com?smtp=127.0.0.1&port={port}&mode=insecure&to=wang@example.com"
        answer = sent(senders, "apprise", url)

    assert answer == Answer(outcome="sent")
    assert str(make_header(decode_header(mails[0]["Subject"]))) == MESSAGE.title
    body = next(part for part in mails[0].walk() if part.get_content_type() == "text/plain")
    assert "还有1个工作日到期" in bytes(body.get_payload(decode=True)).decode()
    assert mails[0]["To"] == "wang@example.com"


def test_apprise_tells_no_reason_and_follows_no_redirect(host, senders):
    url = host.url.replace("http://", "json://") + "/hook"
    for status in (500, 302):
        host.says(b"", status)

        assert sent(senders, "apprise", url) == Answer(outcome="retry", reason="failed")
    assert {asked.path for asked in host.asked} == {"/hook"}


def test_a_url_that_apprise_does_not_know_is_dead(senders):
    assert sent(senders, "apprise", "nonsense://x") == Answer(outcome="dead", reason="url")


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu", "apprise"])
@pytest.mark.parametrize("status", [200, 302, 500])
def test_no_log_has_a_part_of_an_address(host, senders, caplog, capfd, kind, status):
    caplog.set_level(logging.DEBUG)
    host.says({"errcode": 310000, "code": 19021, "errmsg": "TOKEN-9"}, status)
    base = host.url.replace("http://", "json://" if kind == "apprise" else "http://")

    answer = sent(senders, kind, f"{base}/hook/TOKEN-9?access_token=TOKEN-9")
    sent(senders, kind, f"{base.rpartition(':')[0]}:9/hook/TOKEN-9")

    out = caplog.text + "".join(capfd.readouterr()) + repr(answer) + repr(senders)
    assert "TOKEN-9" not in out


def test_an_error_has_no_part_of_an_address():
    with pytest.raises(NotReached) as caught:
        Web().post("http://127.0.0.1:9/TOKEN-9", {})

    assert "TOKEN-9" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_text_is_cut_between_characters():
    assert cut("和议" * 1000, WECOM_BYTES) == "和议" * 341
    assert cut("abc", 3) == "abc"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://oapi.dingtalk.com/robot/send?access_token=x", "dingtalk"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "wecom"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", "feishu"),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/x", "feishu"),
        ("mailtos://me:pass@example.com?to=you@example.com", "apprise"),
        ("jsons://example.com/hook", "apprise"),
    ],
)
def test_the_kind_of_an_address_is_found(text, kind):
    assert read_address(text) == (kind, text)


def test_a_secret_comes_in_a_second_line():
    found = read_address("https://oapi.dingtalk.com/robot/send?access_token=x\nSECabc\n")

    assert found == ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=x#SECabc")


def test_a_robot_behind_an_own_host_is_named():
    assert read_address("http://robots.example/x", "dingtalk")[0] == "dingtalk"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", ""), ("\n", ""), ("no url", ""), ("nonsense://x", ""), ("https://example.com/x", ""),
        ("dingtalk://TOKEN-9", ""), ("feishu://TOKEN-9", ""), ("wecombot://TOKEN-9", ""),
        ("https://oapi.dingtalk.com/x\nSEC\nmore", ""), ("mailto://a:b@c.d\nSEC", ""),
        ("https://[half", ""), ("x" * 3000, ""), ("ftp://example.com", "wecom"),
    ],
)  # fmt: skip
def test_an_address_that_nothing_sends_to_is_refused(text, kind):
    with pytest.raises(AddressRefused) as caught:
        read_address(text, kind)

    assert "TOKEN-9" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://oapi.dingtalk.com/robot/send?access_token=T#SEC",
            "https://oapi.dingtalk.com/***",
        ),
        ("mailtos://me:geheim@example.com?to=a@b.c", "mailtos://example.com/***"),
        ("tgram://12345:abc/777", "tgram://***"),
    ],
)
def test_an_address_is_shown_masked(url, shown):
    assert masked(url) == shown


def test_every_reason_has_both_languages():
    assert all(one.zh and one.en for one in REASONS.values())
    assert reason_text("odd", "zh") == "odd"
    assert reason_text("rate:429", "en").endswith("(429)")
