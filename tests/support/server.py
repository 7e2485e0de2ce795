"""A real server in a process of its own, on a free port, with the test's own database."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

_ROOT = Path(__file__).parents[2]
_START = 30.0
_SAYS = "Flowdeck is at "


@dataclass(slots=True)
class Server:
    """`url` has no slash at its end; `log` is what the process has printed so far."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/graphql"

    def ask(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an operation that has no errors."""
        answer = self.post(operation, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def post(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The whole answer of an operation."""
        body = {"query": operation, "variables": variables}
        answer: dict[str, Any] = httpx.post(f"{self.url}/graphql", json=body, timeout=30).json()
        return answer

    def save(self, source: str) -> None:
        """Save a flow that is right."""
        saved = self.ask(
            "mutation ($source: String!) { saveFlow(input: {source: $source}) "
            "{ userErrors { message } } }",
            source=source,
        )
        assert saved["saveFlow"]["userErrors"] == []

    def start(self, namespace: str, flow_id: str, **inputs: Any) -> str:
        """Start an execution; its id."""
        made = self.ask(
            "mutation ($input: CreateExecutionInput!) { createExecution(input: $input) "
            "{ execution { id } userErrors { message } } }",
            input={"namespace": namespace, "flowId": flow_id, "inputs": inputs},
        )
        assert made["createExecution"]["userErrors"] == []
        started: str = made["createExecution"]["execution"]["id"]
        return started


@contextmanager
def serving(
    database_url: str,
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """`flowdeck serve --port 0`, ready when entered and gone when left."""
    settings = {"FLOWDECK_DATABASE_URL": database_url, "FLOWDECK_DATA_DIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", "0", *arguments],
        cwd=_ROOT,
        env=dict(os.environ) | settings | dict(environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server("", process)
    ready = threading.Event()
    reader = threading.Thread(target=_read, args=(server, ready), daemon=True)
    reader.start()
    try:
        ready.wait(_START)
        assert server.url, "the server did not start:\n" + "".join(server.log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(5)
        if process.stdout is not None:
            process.stdout.close()


def _read(server: Server, ready: threading.Event) -> None:
    assert server.process.stdout is not None
    for line in server.process.stdout:
        server.log.append(line)
        if line.startswith(_SAYS):
            server.url = line.removeprefix(_SAYS).strip()
            ready.set()
    ready.set()
