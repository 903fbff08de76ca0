"""The errors of storage, by stable code; the operator or a second try mends them."""

from engine.case.errors import StorageError
from engine.case.ids import unseen
from engine.case.text import Text


class CaseNotFound(StorageError):
    """There is no case with this id or number."""

    code = "storage.case_not_found"

    def __init__(self, case: str) -> None:
        self.case = case
        super().__init__(f"no case '{case}'; give the id or the number of a case")


class StaleCase(StorageError):
    """The case moved on between load and save; nothing of the step was kept."""

    code = "storage.stale_case"

    def __init__(self, case: str, *, revision: int) -> None:
        self.case, self.revision = case, revision
        super().__init__(f"case '{case}' has moved on from revision {revision}; load it again")


class DuplicateCase(StorageError):
    """Another case holds this number, or this key under the workflow's ``unique``."""

    code = "storage.duplicate_case"

    def __init__(self, case: str, *, of: str) -> None:
        self.case, self.of = case, of
        super().__init__(f"case '{case}' repeats the {of} of another case; change what makes it")


class UnknownReference(StorageError):
    """A row names a unit, person or workflow version that is not kept."""

    code = "storage.unknown_reference"

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} names something that is not kept; add that first")


class WorkflowVersionUnknown(StorageError):
    """This version of the workflow was never published here."""

    code = "storage.workflow_version_unknown"

    def __init__(self, name: str, *, version: int | None = None) -> None:
        self.name, self.version = name, version
        wanted = f"workflow '{name}'" + (f" version {version}" if version is not None else "")
        super().__init__(f"{wanted} is not published here; publish it first")


class WorkflowVersionTaken(StorageError):
    """This version was published with another text; a published version never changes."""

    code = "storage.workflow_version_taken"

    def __init__(self, name: str, *, version: int) -> None:
        self.name, self.version = name, version
        super().__init__(
            f"workflow '{name}' version {version} is published with another text; raise its version"
        )


class IdempotencyMismatch(StorageError):
    """The key was used for another request."""

    code = "storage.idempotency_mismatch"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"key '{key}' was used for another request; use a new key")


class IdempotencyTaken(StorageError):
    """The same request was granted meanwhile; ask again to get its answer."""

    code = "storage.idempotency_taken"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the request with key '{key}' was granted meanwhile; ask again")


class UnitNotFound(StorageError):
    """There is no unit with this id."""

    code = "storage.unit_not_found"

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(f"no unit '{unit}'; give the id of a unit")


class PersonNotFound(StorageError):
    """There is no person with this id."""

    code = "storage.person_not_found"

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(f"no person '{person}'; give the id of a person")


class CatalogueNotFound(StorageError):
    """There is no such catalogue, or not this version of it."""

    code = "storage.catalogue_not_found"

    def __init__(self, name: str, *, version: int | None = None) -> None:
        self.name, self.version = name, version
        wanted = f"catalogue '{name}'" + (f" version {version}" if version is not None else "")
        super().__init__(f"{wanted} is not kept here; load it first")


class TextRefused(StorageError):
    """A text cannot be kept as it is: half a character, or NUL in an id or a title."""

    code = "storage.text_refused"

    def __init__(self, what: str, *, why: str) -> None:
        self.what, self.why = what, why
        super().__init__(f"{what} cannot be kept, it contains {why}; take that out")


class IdRefused(StorageError):
    """An id or a name of a person or a unit that nobody may bear; says why."""

    code = "storage.id_refused"

    def __init__(self, given: str, *, why: Text) -> None:
        self.given = ascii(given).strip("'\"") if unseen(given) else given
        self.why = why
        super().__init__(f"'{self.given}': {why.en}")


class SealBroken(StorageError):
    """Sealed values do not open: they were changed, or the deployment's key is another."""

    code = "storage.seal_broken"

    def __init__(self, case: str, *, vault: str, place: str) -> None:
        self.case, self.vault, self.place = case, vault, place
        super().__init__(
            f"vault '{vault}' of case '{case}' does not open at {place}; "
            f"it was changed, or the deployment's key is another one"
        )


class AddressBroken(StorageError):
    """A sealed address does not open: it was changed, or the deployment's key is another."""

    code = "storage.address_broken"

    def __init__(self, address: str, *, owner: str) -> None:
        self.address, self.owner = address, owner
        super().__init__(
            f"address '{address}' of '{owner}' does not open; drop it and enter it again"
        )


class RequestNotFound(StorageError):
    """There is no request to read a case with this id, or none for who asks."""

    code = "storage.request_not_found"

    def __init__(self, request: str) -> None:
        self.request = request
        super().__init__(f"there is no request '{request}'")


class RequestBroken(StorageError):
    """A request's reason does not open: it was changed, or the deployment's key is another."""

    code = "storage.request_broken"

    def __init__(self, request: str) -> None:
        self.request = request
        super().__init__(
            f"request '{request}' does not open; it was changed, or the key is another"
        )


class CalendarTaken(StorageError):
    """This version of the calendar is kept with another text; a kept version never changes."""

    code = "storage.calendar_taken"

    def __init__(self, name: str, *, version: int) -> None:
        self.name, self.version = name, version
        super().__init__(
            f"calendar '{name}' version {version} is kept with another text; raise the version"
        )


class MasterKeyRefused(StorageError):
    """The deployment's key has not the right length."""

    code = "storage.master_key_refused"

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(f"the deployment's key has {length} bytes; it needs 32")


class DatabaseRefused(StorageError):
    """The URL is none, or names a database that is not supported."""

    code = "storage.database_refused"

    def __init__(self, name: str = "") -> None:
        self.name = name
        wrong = f"no support for '{name}'" if name else "not a database URL"
        super().__init__(f"{wrong}; give sqlite:///FILE or postgresql://USER@HOST/NAME")


class UnitCircle(StorageError):
    """The unit would lie below itself."""

    code = "storage.unit_circle"

    def __init__(self, unit: str, *, parent: str) -> None:
        self.unit, self.parent = unit, parent
        super().__init__(f"unit '{unit}' cannot lie below '{parent}', which lies below it")


class SchemaOutdated(StorageError):
    """The tables are missing or of another version."""

    code = "storage.schema_outdated"

    def __init__(self, found: str | None, *, wanted: str) -> None:
        self.found, self.wanted = found, wanted
        super().__init__(
            f"the tables are at version {found or 'none'}, expected {wanted}; upgrade them"
        )


class StorageBusy(StorageError):
    """Somebody else held the database too long; a second try may pass."""

    code = "storage.busy"

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"the database is busy ({detail}); try again")


class StorageFailed(StorageError):
    """The database refused or could not be reached."""

    code = "storage.failed"

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"the database failed: {detail}")
