"""Tables of types by name: what validation, the editor and the engine look types up in."""

from collections.abc import Iterable, Iterator

from runtime.flows.types import TypeSpec

_SHORT_OF = "io.kestra.plugin."


class TypeTable:
    """Implements `KnownTypes`: types by name, alias, or without the leading `io.kestra.plugin.`.

    The first of two types of the same name wins, so a table of one's own may stand in front.
    """

    def __init__(self, *parts: Iterable[TypeSpec]) -> None:
        self._specs: dict[str, TypeSpec] = {}
        self._aliases: dict[str, TypeSpec] = {}
        for spec in (spec for part in parts for spec in part):
            self._specs.setdefault(spec.name, spec)
            for alias in spec.aliases:
                self._aliases.setdefault(alias, spec)

    def find(self, name: str) -> TypeSpec | None:
        for spelling in (name, _SHORT_OF + name):
            if spec := self._specs.get(spelling) or self._aliases.get(spelling):
                return spec
        return None

    def all(self) -> Iterator[TypeSpec]:
        """Every type once, by name."""
        return iter(sorted(self._specs.values(), key=lambda spec: spec.name))

    __iter__ = all
