"""An office in which everybody is registered, whatever the id."""


class Everybody(dict[str, str]):
    """Names by id; every id but those of one case is somebody's, and the name shown."""

    def __contains__(self, one: object) -> bool:
        return isinstance(one, str) and one[:1] not in {"", "#"}

    def __missing__(self, one: str) -> str:
        return one


EVERYBODY = Everybody()
