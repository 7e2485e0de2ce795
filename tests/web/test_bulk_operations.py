"""An operation on many executions over the network: begun, followed by socket and by events."""

import httpx

from tests.support.server import Server
from tests.support.socket import socket

FLOW = """
id: many
namespace: bulk.web
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT10M
"""
WATCH = """subscription ($id: ID!, $after: String) { bulkOperation(id: $id, after: $after) {
  __typename
  ... on BulkOperationChanged { cursor bulkOperation { state succeeded failed } } } }"""
END = {"state": "COMPLETED", "succeeded": 3, "failed": 1}


def begun(server: Server) -> str:
    """A kill of three executions that run, and of one that is not there."""
    server.save(FLOW)
    ids = [server.start("bulk.web", "many") for _ in range(3)]
    answer = server.ask(
        "mutation ($input: KillExecutionsInput!) { killExecutions(input: $input) "
        "{ bulkOperation { id } userErrors { message } } }",
        input={"selector": {"ids": [*ids, "ex_nothing"]}},
    )
    operation_id: str = answer["killExecutions"]["bulkOperation"]["id"]
    return operation_id


async def test_a_socket_hears_of_the_end_and_then_that_the_stream_is_complete(
    server: Server,
) -> None:
    operation_id = begun(server)
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe(WATCH, id=operation_id)
        items = []
        while (message := await peer.hear())["type"] == "next":
            items.append(message["payload"]["data"]["bulkOperation"])
        assert message["type"] == "complete"
        assert items[0]["__typename"] == "StreamHeartbeat"
        assert items[-1]["bulkOperation"] == END
        # The same socket goes on behind the end: nothing is repeated.
        await peer.subscribe(WATCH, "2", id=operation_id, after=items[-1]["cursor"])
        first = (await peer.hear())["payload"]["data"]["bulkOperation"]
        assert first["__typename"] == "StreamHeartbeat"
        assert (await peer.hear()) == {"id": "2", "type": "complete"}


def test_a_stream_of_events_ends_with_the_operation(server: Server) -> None:
    answer = httpx.post(
        f"{server.url}/graphql",
        json={"query": WATCH, "variables": {"id": begun(server)}},
        headers={"accept": "text/event-stream"},
        timeout=30,
    )
    assert '"state":"COMPLETED"' in answer.text.replace(" ", "")
    assert answer.text.rstrip().splitlines()[-2].startswith("event: complete")
