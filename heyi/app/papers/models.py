"""The views of documents: which were issued, and one as it is printed."""

from pydantic import Field

from heyi.app.view import View


class IssuedDocument(View):
    """A document that a case has issued; nothing of its content.

    Attributes:
        name: in the workflow's file.
        label: what it is called.
        issued: the day of the last issue.
        readable: whether the reader may print it.
    """

    name: str
    label: str
    issued: str
    readable: bool


class Printed(View):
    """A printed document.

    Attributes:
        pdf: its bytes; no part of the view as JSON.
        label: what it is called.
        number: the case's number, or its id while it has none.
        masked: labels of what was printed as ＊＊＊.
    """

    pdf: bytes = Field(exclude=True, repr=False)
    label: str
    number: str
    masked: tuple[str, ...]
