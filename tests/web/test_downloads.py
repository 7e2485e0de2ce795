"""Files of executions, taken home over HTTP: whole, in parts, and by nobody they are not for."""

import httpx
import pytest

from tests.support.server import Server
from tests.support.waiting import blocking_until

DIGITS = "0123456789"
WRITING = """
id: writing
namespace: downloads
inputs:
  - {id: text, type: STRING}
tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    content: "{{ inputs.text }}"
    extension: .html
"""


def written(server: Server, text: str) -> tuple[str, str]:
    """An execution that stored a file, and the address of that file."""
    server.save(WRITING)
    execution = server.start("downloads", "writing", text=text)

    def stored() -> str | None:
        found = server.ask(
            """query ($id: ID!) { execution(id: $id) { isTerminal taskRun(taskId: "write") {
                 files { uri } } } }""",
            id=execution,
        )["execution"]
        return str(found["taskRun"]["files"][0]["uri"]) if found["isTerminal"] else None

    return execution, blocking_until(stored, what="the file")


def download(server: Server, execution: str, uri: str, **headers: str) -> httpx.Response:
    address = f"{server.url}/api/v1/executions/{execution}/file"
    return httpx.get(address, params={"path": uri}, headers=headers)


def test_a_file_is_for_its_own_execution_alone(server: Server) -> None:
    one, uri = written(server, "mine")
    other, _ = written(server, "yours")
    assert download(server, one, uri).text == "mine"
    assert download(server, other, uri).status_code == 404


def test_a_file_of_a_user_never_runs_as_a_page_of_ours(server: Server) -> None:
    execution, uri = written(server, "<script>alert(1)</script>")
    headers = download(server, execution, uri).headers
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "part", "place"),
    [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=4-4", "4", "bytes 4-4/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=8-99", "89", "bytes 8-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=-99", DIGITS, "bytes 0-9/10"),
    ],
)
def test_a_part_of_a_file_is_what_was_asked_for(
    server: Server, asked: str, part: str, place: str
) -> None:
    execution, uri = written(server, DIGITS)
    answer = download(server, execution, uri, range=asked)
    assert (answer.status_code, answer.text) == (206, part)
    assert answer.headers["content-range"] == place
    assert answer.headers["content-length"] == str(len(part))


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_part_behind_the_end_is_not_there(server: Server, asked: str) -> None:
    execution, uri = written(server, DIGITS)
    answer = download(server, execution, uri, range=asked)
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */10")


@pytest.mark.parametrize("asked", ["lines=0-3", "bytes=a-b", "bytes=0-1,4-5", "bytes=7"])
def test_a_range_that_cannot_be_read_gives_the_whole(server: Server, asked: str) -> None:
    execution, uri = written(server, DIGITS)
    answer = download(server, execution, uri, range=asked)
    assert (answer.status_code, answer.text) == (200, DIGITS)


def test_the_bytes_of_a_file_are_sent_as_they_are_so_that_a_part_fits_the_rest(
    server: Server,
) -> None:
    text = DIGITS * 1_000
    execution, uri = written(server, text)
    zipped = {"accept-encoding": "gzip"}
    whole = download(server, execution, uri, **zipped)
    assert whole.headers["content-length"] == str(len(text))
    assert "gzip" not in whole.headers.get("content-encoding", "")
    part = download(server, execution, uri, range="bytes=5000-", **zipped)
    assert part.text == text[5_000:]
    assert "gzip" not in part.headers.get("content-encoding", "")
