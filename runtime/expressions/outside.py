"""Functions that ask the outside world: each states a `Fact` and takes what the caller fetched."""

from typing import Any

from runtime.expressions.names import Table
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError, MissingValueError
from runtime.expressions.scope import Fact, Opened
from runtime.expressions.state import State


def _ask(state: State, kind: str, **arguments: Any) -> Any:
    answer = state.scope.facts.get(Fact(kind, arguments))
    if not isinstance(answer, Opened):
        return answer
    for text in answer.secrets:
        state.scope.secrets.add(text)
    return answer.value


def secret(state: State, key: Any, subkey: Any = None, namespace: Any = None) -> Any:
    """A secret of the flow's namespace; masked wherever it is shown."""
    value = _ask(
        state, "secret", key=to_text(key), namespace=_optional(namespace), subkey=_optional(subkey)
    )
    if isinstance(value, str):
        state.scope.secrets.add(value)
    return value


def kv(state: State, key: Any, namespace: Any = None, error_on_missing: Any = True) -> Any:
    """A value of the key-value store; a missing key is an error unless `errorOnMissing=false`."""
    try:
        return _ask(state, "kv", key=to_text(key), namespace=_optional(namespace))
    except MissingValueError:
        if error_on_missing is False:
            return None
        raise


def read(state: State, path: Any, namespace: Any = None, version: Any = None) -> Any:
    """The content of a namespace file, or of a file of this execution or its parents."""
    return _ask(state, "read", path=_path(path), namespace=_optional(namespace), version=version)


def file_size(state: State, uri: Any, namespace: Any = None) -> Any:
    """Bytes of a file."""
    return _ask(state, "fileSize", path=_path(uri), namespace=_optional(namespace))


def file_exists(state: State, uri: Any, namespace: Any = None) -> Any:
    return _ask(state, "fileExists", path=_path(uri), namespace=_optional(namespace))


def is_file_empty(state: State, uri: Any, namespace: Any = None) -> Any:
    return _ask(state, "isFileEmpty", path=_path(uri), namespace=_optional(namespace))


def file_uri(state: State, path: Any, namespace: Any = None) -> str:
    """Where a namespace file is stored: `kestra:///company/team/_files/a.txt`."""
    place = namespace
    if place is None:
        flow = state.variables.get("flow")
        place = flow.get("namespace") if flow is not None else None  # type: ignore[attr-defined]
    if not place:
        raise ExpressionError("`fileURI()` needs a namespace outside of a flow")
    folder = to_text(place).replace(".", "/")
    return f"kestra:///{folder}/_files/{to_text(path).lstrip('/')}"


def http(
    state: State,
    uri: Any,
    method: Any = "GET",
    query: Any = None,
    body: Any = None,
    content_type: Any = None,
    headers: Any = None,
    options: Any = None,
    accept: Any = None,
) -> Any:
    """The parsed answer of an HTTP request."""
    return _ask(
        state,
        "http",
        uri=to_text(uri),
        method=to_text(method).upper(),
        query=query,
        body=body,
        contentType=content_type,
        headers=headers,
        options=options,
        accept=accept,
    )


def subflow(
    state: State,
    namespace: Any = None,
    flow_id: Any = None,
    revision: Any = None,
    inputs: Any = None,
    labels: Any = None,
    id: Any = None,
) -> Any:
    """The outputs of a flow that is run for this expression."""
    return _ask(
        state,
        "subflow",
        namespace=_optional(namespace),
        flowId=_optional(flow_id if flow_id is not None else id),
        revision=revision,
        inputs=inputs,
        labels=labels,
    )


def error_logs(state: State) -> Any:
    """The ERROR log lines of the failed tasks: a list of `taskId` and `message`."""
    return _ask(state, "errorLogs")


def _optional(value: Any) -> str | None:
    return None if value is None else to_text(value)


def _path(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ExpressionError("a path or URI of a file must be given as a string")
    return value


FUNCTIONS: Table = {
    "errorLogs": error_logs,
    "fileEmpty": is_file_empty,
    "fileExists": file_exists,
    "fileSize": file_size,
    "fileURI": file_uri,
    "http": http,
    "isFileEmpty": is_file_empty,
    "kv": kv,
    "read": read,
    "secret": secret,
    "subflow": subflow,
}
