"""The views of alerts: one's own, those that could not be delivered, a round of sending."""

from heyi.app.view import View


class AlertView(View):
    """An alert to one person, sent or not.

    Attributes:
        number: the case's; None while it has none.
        label: of the clock, in the reader's language.
        item: the row of a list that the clock runs for; 0 for none, None where there is no clock.
        text: what it is about, in a few words.
        settled: what it asked for is done.
        at: when its rung rang; ``send_at``: when it may leave the office.
        state: ``owed``, ``sent``, ``moot`` or ``dead``.
    """

    uid: str
    kind: str
    case: str | None
    number: str | None
    clock: str | None
    label: str
    item: int | None
    rung: str | None
    text: str
    due: str | None
    provisional: bool
    level: int | None
    settled: bool
    at: str
    send_at: str
    state: str


class UnheardAlert(View):
    """An alert for which nobody was found to tell, in short."""

    uid: str
    case: str | None
    number: str | None
    label: str
    text: str
    due: str | None


class DeadLetter(View):
    """A message that was given up.

    Attributes:
        error: why, as a stable word; ``reason``: the same in words.
        owner: whose address it was; None where it is gone.
        shown: the address, masked; None where it is gone or does not open.
        uid: of the alert, as all that follows.
    """

    id: int
    attempts: int
    error: str | None
    reason: str
    address: str
    owner: str | None
    kind: str | None
    shown: str | None
    uid: str
    case: str | None
    number: str | None
    label: str
    text: str
    due: str | None


class DeadLetters(View):
    """What could not be delivered, newest first; ``next``: the next page's cursor, if any."""

    dead: tuple[DeadLetter, ...]
    nobody: tuple[UnheardAlert, ...]
    next: str | None = None


class DeliveryView(View):
    """The result of a round of sending; ``counts``: how many of what, by word."""

    round: str
    ok: bool
    batches: int
    note: str
    counts: dict[str, int]


class TrialView(View):
    """The result of a trial message; ``reason`` in words, "" where it was sent."""

    sent: bool
    reason: str
