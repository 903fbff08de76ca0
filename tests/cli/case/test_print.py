"""``heyi case print``: where the PDF goes, what is said beside it, how it ends."""

import io

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from heyi.cli.main import app
from tests.builders.demo_data import unmarked
from tests.builders.printing_office import FOLDER
from tests.cli.runner import run, settle

AT = "2026-03-02 10:00"
NUMBER = "东园园〔2026〕001号"


@pytest.fixture(scope="session")
def garden(tmp_path_factory):
    """A folder with a database in which a garden has issued two papers."""
    folder = tmp_path_factory.mktemp("garden")
    with pytest.MonkeyPatch.context() as patch:
        settle(folder, patch)
        for line in (
            "db upgrade --demo",
            "unit add plot --level garden --title 东园",
            "person add hua --name 花园丁",
            "person add shan",
            "person add men",
            "person add lin --name 林申请",
        ):
            assert run(*line.split()).code == 0
        opened = run(
            "case", "open", str(FOLDER / "papers.yaml"), "--unit", "plot", "--as", "lin",
            "-d", "topic=看花", "-d", "asker=lin", "-d", "reason=好看", "-d", "phone=139", "--at", AT,
        )  # fmt: skip
        assert opened.code == 0, opened.err
        for line in ("hua keeper@plot", "shan head@plot", "men guard@plot"):
            assert run("person", "post", *line.split()).code == 0
        done = run("case", "do", NUMBER, "note", "--as", "hua", "--at", AT)
        assert done.code == 0, done.err
    return folder


@pytest.fixture
def heyi(garden, tmp_path, monkeypatch):
    settle(garden, monkeypatch)
    monkeypatch.chdir(tmp_path)
    return run


def test_the_pdf_goes_into_the_file_and_what_was_masked_is_said(heyi, tmp_path):
    told = heyi("case", "print", NUMBER, "inner", "--as", "shan", "--out", "便条.pdf", "--at", AT)

    assert told.code == 0, told.err
    assert told.out == ""
    assert "＊＊＊ 未印出：电话" in told.err
    assert "已写入 便条.pdf" in told.err
    text = PdfReader(tmp_path / "便条.pdf").pages[0].extract_text()
    assert "好看" in text
    assert "139" not in text


def test_without_a_file_the_pdf_is_the_output(heyi):
    told = CliRunner().invoke(app, ["case", "print", NUMBER, "便条", "--as", "shan", "--at", AT])

    assert told.exit_code == 0
    assert told.stdout_bytes.startswith(b"%PDF-")
    assert "便条" in PdfReader(io.BytesIO(told.stdout_bytes)).pages[0].extract_text()


def test_the_same_moment_prints_the_same_bytes(heyi, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        assert heyi("case", "print", NUMBER, "slip", "--out", name, "--at", AT).code == 0

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_json_tells_of_the_file(heyi, tmp_path):
    told = heyi("case", "print", NUMBER, "inner", "--as", "shan", "-o", "a.pdf", "--json").json

    assert told == {
        "file": "a.pdf", "label": "内部便条", "number": NUMBER,
        "bytes": (tmp_path / "a.pdf").stat().st_size, "masked": ["电话"],
    }  # fmt: skip


def test_without_a_document_those_issued_are_listed(heyi):
    told = heyi("case", "print", NUMBER, "--as", "men")

    # That another one was issued is for its readers alone.
    assert told.out.splitlines() == ["slip  便条  2026-03-02"]
    listed = heyi("case", "print", NUMBER, "--as", "shan", "--json").json
    assert [one["readable"] for one in listed] == [True, True]


def test_a_case_that_issued_nothing_says_so(heyi):
    opened = heyi(
        "case", "open", "papers", "--unit", "plot", "--as", "lin", "-d", "topic=新", "--json"
    ).json

    told = heyi("case", "print", opened["number"], "--lang", "en")

    assert (told.code, told.out) == (0, "")
    assert "no document has been issued yet" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param([NUMBER, "nothing", "-o", "a.pdf"], 3, "没有文书“nothing”", id="unknown"),
        pytest.param(
            [NUMBER, "never", "-o", "a.pdf", "--as", "hua"], 6, "尚未出具“never”", id="not issued"
        ),
        pytest.param([NUMBER, "inner", "-o", "a.pdf"], 4, "不属于您可读的范围", id="nobody"),
        pytest.param(
            [NUMBER, "inner", "--as", "men", "-o", "a.pdf"], 4, "不属于您", id="not theirs"
        ),
        pytest.param(["无此案", "slip", "-o", "a.pdf"], 3, "没有案件", id="no case"),
        pytest.param([NUMBER, "slip", "-o", "no/a.pdf"], 2, "写不进", id="no folder"),
        pytest.param([NUMBER, "slip", "--json"], 2, "--out", id="json and pdf on one stream"),
        pytest.param(
            [NUMBER, "slip", "--as", "nemo", "-o", "a.pdf"], 3, "没有人员", id="no person"
        ),
    ],
)
def test_what_cannot_be_printed_ends_with_its_reason(heyi, tmp_path, arguments, code, said):
    told = heyi("case", "print", *arguments)

    assert told.code == code
    assert said in told.err + told.out
    assert not (tmp_path / "a.pdf").exists()


def test_a_broken_layout_is_the_authors_to_mend(heyi, tmp_path, monkeypatch):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "general.typ").write_text("#nothing", encoding="utf-8")
    monkeypatch.setenv("HEYI_WORKFLOWS", str(tmp_path))

    told = heyi("case", "print", NUMBER, "slip", "-o", "a.pdf")

    assert told.code == 1
    assert "版式“general”有误" in told.err


def test_printing_as_somebody_needs_the_same_permission_as_acting(
    heyi, garden, tmp_path, monkeypatch
):
    monkeypatch.setenv("HEYI_DATABASE", unmarked(garden / "heyi.db", tmp_path / "real.db"))

    told = heyi("case", "print", NUMBER, "slip", "--as", "shan", "-o", "a.pdf")

    assert told.code == 4
