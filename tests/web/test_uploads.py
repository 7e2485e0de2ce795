"""Files in multipart requests: every shape that clients send, and every one that makes no sense."""

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.datastructures import UploadFile

from tests.support.waiting import blocking_until
from web.uploads import Misplaced, filled

if TYPE_CHECKING:
    from tests.support.server import Server

CREATE = (
    "mutation ($input: CreateExecutionInput!) { createExecution(input: $input) "
    "{ execution { id } userErrors { message } } }"
)
TWO_FILES = """
id: two_files
namespace: company.team
inputs:
  - id: left
    type: FILE
  - id: right
    type: FILE
    required: false
tasks:
  - id: show
    type: io.kestra.plugin.core.debug.Return
    format: "{{ read(inputs.left) }}{{ read(inputs.right) }}"
"""


PAUSED_FOR_A_FILE = """
id: paused_for_a_file
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume: [{id: doc, type: FILE}]
  - id: show
    type: io.kestra.plugin.core.debug.Return
    format: "{{ read(outputs.wait.onResume.doc) }}"
"""
RESUME = (
    "mutation ($input: ResumeExecutionInput!) { resumeExecution(input: $input) "
    "{ execution { id } userErrors { message } } }"
)


def a_file() -> UploadFile:
    return UploadFile(BytesIO(b"content"), filename="a.txt")


def test_files_take_the_places_of_nulls_wherever_the_map_says() -> None:
    one, other = a_file(), a_file()
    operations = {"query": "…", "variables": {"list": [None, None], "deep": {"file": None}}}
    places = {"a": ["variables.list.0", "variables.deep.file"], "b": ["variables.list.1"]}
    result = filled(operations, places, {"a": one, "b": other})
    assert result["variables"] == {"list": [one, other], "deep": {"file": one}}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("query", "begins with"),
        ("operationName", "begins with"),
        ("", "begins with"),
        ("variables", "begins with"),
        ("variables.text", "has a value already"),
        ("variables.text.0", "There is no"),
        ("variables.none", "There is no"),
        ("variables.__class__", "There is no"),
        ("variables.list.-1", "There is no"),
        ("variables.list.1", "There is no"),
        ("variables.list.x", "There is no"),
        ("variables.list." + "9" * 5_000, "There is no"),
    ],
)
def test_a_place_where_no_file_belongs_is_refused(path: str, said: str) -> None:
    operations = {"query": "…", "operationName": None, "variables": {"list": [None], "text": "t"}}
    with pytest.raises(Misplaced, match=said):
        filled(operations, {"a": [path]}, {"a": a_file()})


@pytest.mark.parametrize(
    ("operations", "places"),
    [
        ({"variables": {"a": None}}, []),
        ({"variables": {"a": None}}, {"a": "variables.a"}),
        ({"variables": {"a": None}}, {"a": [7]}),
        ({"variables": {"a": None}}, {"text": ["variables.a"]}),
        ({"variables": {"a": None}}, {"absent": ["variables.a"]}),
        ({"variables": None}, {"a": ["variables.a"]}),
        ([{"variables": {"a": None}}], {"a": ["0.variables.a"]}),
        (None, {"a": ["variables.a"]}),
    ],
)
def test_a_map_that_is_none_is_refused(operations: object, places: object) -> None:
    with pytest.raises(Misplaced):
        filled(operations, places, {"a": a_file(), "text": "no file"})


def send(server: "Server", parts: dict[str, Any]) -> httpx.Response:
    return httpx.post(f"{server.url}/graphql", files=parts, timeout=30)


def test_one_file_may_be_given_to_two_inputs(server: "Server") -> None:
    server.save(TWO_FILES)
    files = [{"input": "left", "file": None}, {"input": "right", "file": None}]
    given = {"namespace": "company.team", "flowId": "two_files", "files": files}
    places = {"0": ["variables.input.files.0.file", "variables.input.files.1.file"]}
    parts = {
        "operations": (None, json.dumps({"query": CREATE, "variables": {"input": given}})),
        "map": (None, json.dumps(places)),
        "0": ("a.txt", b"twice "),
    }
    payload = send(server, parts).json()["data"]["createExecution"]
    assert payload["userErrors"] == []
    id_ = payload["execution"]["id"]
    inputs = server.ask("query ($id: ID!) { execution(id: $id) { inputs } }", id=id_)
    address = f"{server.url}/api/v1/executions/{id_}/file"
    for each in ("left", "right"):
        path = inputs["execution"]["inputs"][each]
        assert httpx.get(address, params={"path": path}).content == b"twice "


@pytest.mark.parametrize(
    "parts",
    [
        {"operations": (None, '{"query": "{ __typename }"}')},
        {"map": (None, "{}")},
        {"operations": ("o.json", b'{"query": "{ __typename }"}'), "map": (None, "{}")},
    ],
    ids=["no map", "no operations", "operations as a file"],
)
def test_a_form_without_its_two_parts_is_refused(server: "Server", parts: dict[str, Any]) -> None:
    answer = send(server, parts)
    assert answer.status_code == 400
    assert "`operations` and `map`" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("variable", "kind"),
    [({"file": "text"}, "no file"), ({"input": 7}, "no text")],
)
def test_a_text_is_no_file(server: "Server", variable: dict[str, Any], kind: str) -> None:
    given = {"namespace": "n", "flowId": "f", "files": [{"input": "a", "file": "b", **variable}]}
    answer = server.post(CREATE, input=given)
    assert answer["errors"][0]["extensions"]["code"] == "INVALID_INPUT", kind


def test_a_file_is_no_value_of_an_input_that_takes_json(server: "Server") -> None:
    given = {"namespace": "n", "flowId": "f", "inputs": {"a": None}}
    parts = {
        "operations": (None, json.dumps({"query": CREATE, "variables": {"input": given}})),
        "map": (None, '{"0": ["variables.input.inputs.a"]}'),
        "0": ("a.txt", b"x"),
    }
    error = send(server, parts).json()["errors"][0]
    assert error["extensions"]["code"] == "INVALID_INPUT"
    assert "UploadFile" not in error["message"]


def test_a_pause_is_answered_with_a_file(server: "Server") -> None:
    server.save(PAUSED_FOR_A_FILE)
    id_ = server.start("company.team", "paused_for_a_file")
    until_state(server, id_, "PAUSED")
    given = {"executionId": id_, "files": [{"input": "doc", "file": None}]}
    parts = {
        "operations": (None, json.dumps({"query": RESUME, "variables": {"input": given}})),
        "map": (None, json.dumps({"0": ["variables.input.files.0.file"]})),
        "0": ("a.txt", b"answered"),
    }
    payload = send(server, parts).json()["data"]["resumeExecution"]
    assert payload["userErrors"] == []
    until_state(server, id_, "SUCCESS")


def until_state(server: "Server", id_: str, state: str) -> None:
    look = "query ($id: ID!) { execution(id: $id) { state } }"
    blocking_until(lambda: server.ask(look, id=id_)["execution"]["state"] == state, what=state)
