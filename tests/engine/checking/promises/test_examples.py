"""Each promise of the packs has examples: the bad ones break it and nothing else."""

import pytest

from engine.checking.promises.packs import read_pack
from tests.builders.shelves import SHIPPED
from tests.engine.checking.promises.patched_files import EXAMPLES, broken, example

PACKS = sorted(path for path in (SHIPPED / "packs").glob("*.yaml") if path.stem != "kinds")
IDS = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def _cases(kind):
    return [
        pytest.param(example(one)["file"], case["change"], one, id=f"{one}-{place}")
        for one in IDS
        for place, case in enumerate(example(one)[kind])
    ]


def _promised():
    packs = [read_pack(path.name, path.read_text(encoding="utf-8"))[0] for path in PACKS]
    return {promise.id for pack in packs if pack for promise in pack.promises}


@pytest.mark.parametrize(("file", "change", "promise"), _cases("bad"))
def test_a_bad_example_breaks_its_promise_and_no_other(file, change, promise):
    assert broken(file, change) == {promise}


@pytest.mark.parametrize(("file", "change", "promise"), _cases("good"))
def test_a_good_example_breaks_nothing(file, change, promise):
    assert broken(file, change) == set(), promise


def test_every_promise_of_the_packs_has_examples():
    assert _promised() == set(IDS)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_shipped_pack_has_no_problem(path):
    pack, problems = read_pack(path.name, path.read_text(encoding="utf-8"))

    assert pack is not None
    assert problems == ()


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_promise_names_a_source_that_its_pack_lists(path):
    pack, _problems = read_pack(path.name, path.read_text(encoding="utf-8"))

    assert pack is not None
    for promise in pack.promises:
        assert promise.source.partition("#")[0] in pack.sources, promise.id
        assert promise.says.en, promise.id
