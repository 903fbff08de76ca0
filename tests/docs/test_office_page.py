"""The page on the office's own acts says what the table of permits says."""

import re

from heyi.app.acts.permits import PERMITS
from tests.builders.shelves import ROOT

PAGE = (ROOT / "docs" / "office.md").read_text(encoding="utf-8")
COLUMNS = ("administrator", "security", "auditor", "author", "head", "own")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]


def test_every_act_of_people_stands_in_the_row_of_who_may_do_it():
    told = {
        kind: {column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "✓"}
        for acts, *cells in ROWS
        for kind in re.findall(r"`([\w.]+)`", acts)
    }
    permitted = {
        kind: {*rule.posts, *["head"] * rule.head, *["own"] * rule.own}
        for kind, rule in PERMITS.items()
    }

    assert told == {kind: posts for kind, posts in permitted.items() if posts}


def test_a_star_stands_behind_what_nobody_does_to_themselves():
    starred = {kind for acts, *_cells in ROWS for kind in re.findall(r"`([\w.]+)` \*", acts)}

    assert starred == {kind for kind, rule in PERMITS.items() if rule.others}


def test_what_the_office_itself_does_is_named_below():
    below = PAGE.split("The office itself does")[1].split("## ")[0]

    assert {kind for kind in re.findall(r"`([\w.]+)`", below) if "." in kind} == {
        kind for kind, rule in PERMITS.items() if not (rule.posts or rule.head or rule.own)
    }
