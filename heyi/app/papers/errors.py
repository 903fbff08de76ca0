"""The errors for documents that cannot be printed."""

from collections.abc import Sequence

from engine.case.errors import AccessError, HeyiError


class DocumentUnknown(HeyiError):
    """The case's workflow has no such document; says what there is."""

    code = "not_found.document"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, tuple(known)
        self.names = ", ".join(known)
        super().__init__(f"no document '{name}'; there is: {self.names}")


class DocumentNotIssued(HeyiError):
    """No move has issued this document yet: there is nothing to print."""

    code = "document.not_issued"

    def __init__(self, name: str, case: str, known: Sequence[str]) -> None:
        self.name, self.case, self.known = name, case, tuple(known)
        self.names = ", ".join(known) or "-"
        super().__init__(f"case '{case}' has not issued '{name}'; issued so far: {self.names}")


class DocumentClosed(AccessError):
    """The person may not read this document, so may not print it."""

    code = "access.document"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"document '{name}' is not yours to read; ask one of its readers to print it"
        )


class TemplateBroken(HeyiError):
    """A template cannot be laid out; its author can mend it."""

    code = "document.template"

    def __init__(self, name: str, detail: str) -> None:
        self.name, self.detail = name, detail
        super().__init__(f"template '{name}' cannot be laid out: {detail}")
