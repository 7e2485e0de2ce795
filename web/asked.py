"""An operation that is answered by a stream, over whatever transport."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

import orjson
from strawberry.types.execution import ExecutionResult

from resolvers.context import Context
from schema.errors import formatted, is_refused
from schema.root import Schema
from schema.sharing import likeness
from web.cohorts import Cohorts, Deliver, Frame, Frames


def encoded(message: Any) -> str:
    """A message as it is sent."""
    return orjson.dumps(message, option=orjson.OPT_NON_STR_KEYS, default=str).decode()


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for; `context` is that of the request or the socket."""

    schema: Schema
    context: Context
    query: str
    variables: Mapping[str, Any] | None
    operation_name: str | None

    async def follow(self, cohorts: Cohorts, deliver: Deliver) -> None:
        """Deliver everything, until the stream is over; what others ask for, too, is shared."""
        await cohorts.follow(self._likeness, self._fresh, self._frames, deliver)

    def _fresh(self) -> Context:
        return Context(self.context.runtime, self.context.viewer, self.context.request_id)

    def _likeness(self) -> object | None:
        """What operations have in common that share a stream; None for those that do not."""
        found = likeness(self.query, self.operation_name, self.variables)
        return None if found is None else (self.context.viewer, found)

    async def _frames(self, context: Context) -> Frames:
        """Every result, encoded, with its place in the stream."""
        results = cast(
            AsyncGenerator[ExecutionResult, None],
            await self.schema.stream(
                self.query,
                variable_values=dict(self.variables) if self.variables is not None else None,
                context_value=context,
                operation_name=self.operation_name,
            ),
        )
        async with aclosing(results):
            async for result in results:
                payload = _payload(result, context.request_id)
                failed = payload["errors"] if result.data is None and result.errors else None
                errors = None if failed is None else encoded(failed)
                yield Frame(encoded(payload), context.place, errors)


def _payload(result: ExecutionResult, request_id: str) -> dict[str, Any]:
    refused = is_refused(result.data, result.errors)
    payload: dict[str, Any] = {} if refused else {"data": result.data}
    if result.errors:
        before = result.data is None
        payload["errors"] = formatted(result.errors, request_id, before_execution=before)
    if result.extensions:
        payload["extensions"] = result.extensions
    return payload
