"""What people do to executions. Every function returns when its effect is durable."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from resolvers.context import Context
from runtime.engine.engine import NewExecution, UploadedFile
from runtime.errors import InvalidInput
from runtime.executions.messages import Action, Restart, Resume

_CHUNK = 256 * 1024


@runtime_checkable
class Upload(Protocol):
    """A file as it came with a request."""

    filename: str | None

    async def read(self, size: int = -1, /) -> bytes: ...

    async def seek(self, offset: int, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Creation:
    """An execution as it was asked for; `inputs` may still be anything."""

    namespace: str
    flow_id: str
    revision: int | None
    inputs: object
    files: Mapping[str, Upload]
    labels: Mapping[str, str]
    scheduled_at: datetime | None
    breakpoints: tuple[str, ...]
    idempotency_key: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given to a pause; `inputs` may still be anything."""

    inputs: object
    files: Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class Replay:
    execution_id: str
    task_run_id: str | None
    revision: int | None
    inputs: object
    breakpoints: tuple[str, ...]
    idempotency_key: str | None


@dataclass(frozen=True, slots=True)
class Deletion:
    execution_id: str
    logs: bool
    metrics: bool
    files: bool
    force: bool
    expected_version: int | None


async def create(context: Context, wanted: Creation) -> str:
    """The id of the new execution. Raises NotFound, InvalidInput, Conflict."""
    return await context.runtime.engine.create_execution(
        NewExecution(
            namespace=wanted.namespace,
            flow_id=wanted.flow_id,
            revision=wanted.revision,
            inputs=inputs_given(wanted.inputs) or {},
            files={name: _uploaded(file) for name, file in wanted.files.items()},
            labels=wanted.labels,
            scheduled_at=wanted.scheduled_at,
            breakpoints=wanted.breakpoints,
            idempotency_key=wanted.idempotency_key,
            actor=context.viewer.name,
        )
    )


async def act(context: Context, execution_id: str, action: Action) -> str:
    """Do it in the name of the caller; the id again. Raises NotFound, Conflict."""
    await context.runtime.engine.act(execution_id, replace(action, actor=context.viewer.name))
    return execution_id


async def resume(context: Context, execution_id: str, answer: Answer, action: Resume) -> str:
    inputs = inputs_given(answer.inputs) or {}
    action = replace(action, inputs=inputs, actor=context.viewer.name)
    files = {name: _uploaded(file) for name, file in answer.files.items()}
    await context.runtime.engine.resume(execution_id, action, files)
    return execution_id


async def restart(
    context: Context, execution_id: str, revision: int | None, expected_version: int | None
) -> str:
    """The id of the execution that goes on: the same, or a new one on another revision."""
    if revision is None:
        return await act(context, execution_id, Restart(expected_version=expected_version))
    return await context.runtime.engine.restart(
        execution_id, revision, expected_version=expected_version, actor=context.viewer.name
    )


async def replay(context: Context, wanted: Replay) -> str:
    """The id of the new execution."""
    return await context.runtime.engine.replay(
        wanted.execution_id,
        task_run_id=wanted.task_run_id,
        revision=wanted.revision,
        inputs=inputs_given(wanted.inputs),
        breakpoints=wanted.breakpoints,
        actor=context.viewer.name,
        idempotency_key=wanted.idempotency_key,
    )


async def delete(context: Context, wanted: Deletion) -> None:
    """Raises NotFound, and Conflict for one that has not ended unless it is forced."""
    await context.runtime.engine.delete_execution(
        wanted.execution_id,
        logs=wanted.logs,
        metrics=wanted.metrics,
        files=wanted.files,
        force=wanted.force,
        expected_version=wanted.expected_version,
        actor=context.viewer.name,
    )


def inputs_given(inputs: object) -> Mapping[str, object] | None:
    """Inputs as a map. Raises InvalidInput for anything else."""
    if inputs is None:
        return None
    if not isinstance(inputs, dict):
        raise InvalidInput(
            "`inputs` is not an object.",
            hint="Write an object with the ids of inputs as keys.",
            path=("inputs",),
        )
    return inputs


def _uploaded(file: Upload) -> UploadedFile:
    async def content() -> AsyncIterator[bytes]:
        await file.seek(0)  # the same file may be given to several inputs
        while chunk := await file.read(_CHUNK):
            yield chunk

    return UploadedFile(file.filename or "file", content())
