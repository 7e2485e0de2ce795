"""The schema over a real runtime, without the network: operations, and the statements they cost."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from resolvers.context import Context
from resolvers.viewer import Viewer
from runtime.engine.lifespan import Runtime
from runtime.store.pool import Pool
from schema.errors import formatted
from schema.root import build

SCHEMA = build()
_VIEWER = Viewer("somebody", "0", None)


@dataclass(slots=True)
class CountedPool:
    """A pool that remembers the statements that pass through it."""

    pool: Any
    statements: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.pool, name)
        if name not in ("fetch", "fetchrow", "fetchval", "execute"):
            return found

        def counted(statement: str, *values: Any, **more: Any) -> Any:
            self.statements.append(statement)
            return found(statement, *values, **more)

        return counted


class Api:
    """Operations of one caller. `statements` are those of the last operation."""

    def __init__(self, runtime: Runtime) -> None:
        self.pool = CountedPool(runtime.pool)
        self.runtime = replace(runtime, pool=cast(Pool, self.pool))

    @property
    def statements(self) -> list[str]:
        return self.pool.statements

    async def ask(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an operation that has no errors."""
        answer = await self.answer(operation, **variables)
        assert answer["errors"] == []
        data: dict[str, Any] = answer["data"]
        return data

    async def answer(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        """Data, errors as callers see them, and extensions."""
        self.statements.clear()
        result = await SCHEMA.execute(
            operation, variable_values=variables, context_value=self._context()
        )
        errors = formatted(result.errors or [], "rq_test")
        return {"data": result.data, "errors": errors, "extensions": result.extensions}

    async def code(self, operation: str, /, **variables: Any) -> str:
        """The code of the one error of an operation."""
        errors = (await self.answer(operation, **variables))["errors"]
        assert len(errors) == 1, errors
        found: str = errors[0]["extensions"]["code"]
        return found

    async def watch(self, operation: str, /, **variables: Any) -> AsyncIterator[dict[str, Any]]:
        """The items of a subscription, each as the answer of one event."""
        results = await SCHEMA.stream(
            operation, variable_values=variables, context_value=self._context()
        )
        async for result in results:
            errors = formatted(getattr(result, "errors", None) or [], "rq_test")
            yield {"data": getattr(result, "data", None), "errors": errors}

    def _context(self) -> Context:
        return Context(self.runtime, _VIEWER, "rq_test")
