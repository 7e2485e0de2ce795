"""Operations on many executions, as a caller of the API begins and follows them."""

from typing import Any

from tests.support.api import Api
from tests.support.engine import Driver
from tests.support.waiting import until

_SHOWN = (
    "id action state total succeeded failed remaining cursor actor cancelledBy startedAt endedAt"
)
_ITEMS = """items(outcome: $outcome, first: 200) { nodes {
  ... on BulkItemSuccess { executionId createdExecutionId execution { id state } }
  ... on BulkItemFailure { executionId code message state }
} }"""


def mutation(name: str) -> str:
    """The text of a mutation such as `killExecutions`."""
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"""mutation ($input: {kind}!) {{ {name}(input: $input) {{
      bulkOperation {{ {_SHOWN} }}
      userErrors {{ __typename code message path }} }} }}"""


async def begun(api: Api, name: str, selector: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The operation that a mutation answers."""
    answer = await api.ask(mutation(name), input={"selector": selector, **options})
    assert answer[name]["userErrors"] == []
    operation: dict[str, Any] = answer[name]["bulkOperation"]
    return operation


async def refused(api: Api, name: str, **input: Any) -> dict[str, Any]:
    """The one error for which a mutation begins nothing."""
    answer = await api.ask(mutation(name), input=input)
    assert answer[name]["bulkOperation"] is None
    [error] = answer[name]["userErrors"]
    found: dict[str, Any] = error
    return found


async def seen(api: Api, operation_id: str, outcome: str | None = None) -> dict[str, Any]:
    """An operation as it is now, with its items."""
    found = await api.ask(
        "query ($id: ID!, $outcome: BulkItemOutcome) "
        f"{{ bulkOperation(id: $id) {{ {_SHOWN} {_ITEMS} }} }}",
        id=operation_id,
        outcome=outcome,
    )
    operation: dict[str, Any] = found["bulkOperation"]
    return operation


async def ended(api: Api, operation_id: str, *, within: float = 30.0) -> dict[str, Any]:
    """An operation after its end, with its items."""

    async def over() -> dict[str, Any] | None:
        operation = await seen(api, operation_id)
        return operation if operation["endedAt"] else None

    return await until(over, within=within, what="the operation's end")


async def done(api: Api, name: str, selector: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Begin an operation and wait for its end."""
    return await ended(api, (await begun(api, name, selector, **options))["id"])


async def previewed(
    api: Api, action: str, selector: dict[str, Any], **options: Any
) -> dict[str, Any]:
    found = await api.ask(
        "query ($action: BulkAction!, $selector: ExecutionSelector!, $state: ExecutionState, "
        "$force: Boolean) { previewBulkOperation(action: $action, selector: $selector, "
        "state: $state, force: $force) { total applicable selectionToken expiresAt "
        "refusals { code message state count } } }",
        action=action,
        selector=selector,
        **{"force": False, **options},
    )
    preview: dict[str, Any] = found["previewBulkOperation"]
    return preview


async def fill_paused(driver: Driver, count: int, *, prefix: str = "p") -> list[str]:
    """Executions that somebody paused by hand, straight in SQL; their ids in order of birth."""
    await driver.save(RESTING)
    rows = await driver.runtime.pool.fetch(
        """
        INSERT INTO executions (
            id, namespace, flow_id, flow_revision, state, history, memory, created_at, started_at,
            version, sequence
        )
        SELECT
            'ex_' || $2 || lpad(n::text, 20, '0'), 't', 'resting', 1, 'PAUSED',
            '[["CREATED", "2026-01-31T12:00:00.0Z"], ["PAUSED", "2026-01-31T12:00:00.0Z"]]',
            '{"pausedByHand": true}', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z', 1, 2
        FROM generate_series(1, $1::integer) AS n
        RETURNING id
        """,
        count,
        prefix,
    )
    return [row["id"] for row in rows]


RESTING = """
id: resting
namespace: t
tasks:
  - id: after
    type: io.kestra.plugin.core.debug.Return
    format: done
"""
