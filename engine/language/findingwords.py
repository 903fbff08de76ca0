"""What a finding in a file says: one constant a sentence, no logic."""

from engine.case.text import Text

QUOTED = Text("“{one}”", "'{one}'")
OR = Text("或", " or ")
