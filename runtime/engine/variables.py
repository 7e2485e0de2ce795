"""What expressions see of a running execution, made only when they look.

The names and their fields are those of Kestra's documentation ("Expressions", context variables).
Nothing is copied per rendering: a loop of ten thousand iterations shares one tree of outputs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from runtime.config import Settings
from runtime.engine.secrecy import Secrecy
from runtime.executions import index as indexes
from runtime.executions.model import Execution, TaskRun
from runtime.executions.outputs import parents
from runtime.expressions.secrets import Secrets
from runtime.files.vault import Vault
from runtime.flows.model import Flow, Task
from runtime.triggers.webhook import Webhook, as_seen

_LEAST_SECRET = 8
"""Characters from which on a secret of the installation is looked for everywhere; shorter ones
would be found by chance, and are looked for once an expression has used them."""


@dataclass(slots=True)
class Shared:
    """What stays the same while an execution is held: opened inputs, the flow, the installation."""

    flow: Flow
    installation: Mapping[str, object]
    inputs: Mapping[str, object]
    secrecy: Secrecy
    output_limit: int
    """Bytes that the outputs of one task run may have."""

    @property
    def secrets(self) -> Secrets:
        """Secret values that were met so far, to be masked wherever they appear."""
        return self.secrecy.secrets


def shared(execution: Execution, flow: Flow, settings: Settings, vault: Vault) -> Shared:
    """Open what is sealed, once for as long as the execution is held."""
    secrecy = Secrecy(vault, known_secrets(settings))
    inputs = secrecy.open_execution(execution)
    return Shared(
        flow,
        installation_facts(settings),
        inputs,
        secrecy,
        settings.output_limit,
    )


def known_secrets(settings: Settings) -> Secrets:
    """The secrets of the installation that are looked for before anybody has used them."""
    return Secrets(each for each in settings.secrets.values() if len(each) >= _LEAST_SECRET)


class Variables(Mapping[str, object]):
    """The variables of one rendering: of an execution, or of one of its task runs."""

    __slots__ = ("_execution", "_made", "_more", "_run", "_shared", "_task")

    def __init__(
        self,
        known: Shared,
        execution: Execution,
        task: Task | None = None,
        run: TaskRun | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        self._shared = known
        self._execution = execution
        self._task = task
        self._run = run
        self._more = more
        self._made: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if self._more is not None and name in self._more:
            return self._more[name]
        if name in self._made:
            return self._made[name]
        value = self._made[name] = _MAKERS[name](self)
        if value is None and name in _SOMETIMES:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys(self._more or ())
        for name in (*names, *(each for each in _MAKERS if each not in names)):
            if name in names or name not in _SOMETIMES or _MAKERS[name](self) is not None:
                yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _flow(self) -> object:
        return flow_facts(self._shared.flow)

    def _execution_facts(self) -> object:
        execution = self._execution
        return {
            "id": execution.id,
            "startDate": iso(execution.created_at),
            "originalId": execution.original_id or execution.id,
            "state": execution.state.value,
            "outputs": execution.outputs or {},
        }

    def _task_facts(self) -> object:
        return None if self._task is None else {"id": self._task.id, "type": self._task.type}

    def _taskrun(self) -> object:
        return None if self._run is None else _facts_of(self._run)

    def _worker_taskrun(self) -> object:
        """The WorkingDirectory around a task run, which shares its directory with it."""
        shared = self._run.dynamic.get("workingDirectory") if self._run is not None else None
        outer = self._execution.task_runs.get(str(shared))
        return None if outer is None or outer is self._run else _facts_of(outer)

    def _parents(self) -> object:
        return None if self._run is None else parents(self._execution, self._run)

    def _parent(self) -> object:
        chain = self["parents"] if self._run is not None else None
        return chain[0] if isinstance(chain, list) and chain else None

    def _outputs(self) -> object:
        return indexes.of(self._execution, self._shared.flow).trees.outputs

    def _tasks(self) -> object:
        return indexes.of(self._execution, self._shared.flow).trees.tasks

    def _labels(self) -> object:
        return nested_labels(self._execution.labels)

    def _trigger(self) -> object:
        trigger = self._execution.trigger
        if trigger is None:
            return None
        is_call = trigger.type == Webhook.type_name
        return as_seen(trigger.variables) if is_call else trigger.variables

    def _item(self) -> object:
        own = self._run.dynamic.get("item") if self._run is not None else None
        if own is not None:
            return own
        loop = self._execution.memory.get("loop")
        return loop.get("item") if isinstance(loop, Mapping) else None

    def _iteration(self) -> object:
        """The iteration of a Loop that has just ended, while its `breakWhen` is looked at."""
        return self._run.dynamic.get("iteration") if self._run is not None else None


def flow_facts(flow: Flow) -> dict[str, object]:
    """What expressions see as `flow`."""
    return {
        "id": flow.id,
        "namespace": flow.namespace,
        "revision": flow.revision,
        "tenantId": "main",
    }


def installation_facts(settings: Settings) -> dict[str, object]:
    """What expressions see of the installation, whatever they belong to."""
    return {
        "envs": settings.envs,
        "globals": settings.globals,
        "kestra": {"url": settings.url, "environment": settings.environment},
    }


_MAKERS: dict[str, Callable[[Variables], object]] = {
    "flow": Variables._flow,
    "execution": Variables._execution_facts,
    "task": Variables._task_facts,
    "taskrun": Variables._taskrun,
    "workerTaskrun": Variables._worker_taskrun,
    "parents": Variables._parents,
    "parent": Variables._parent,
    "item": Variables._item,
    "iteration": Variables._iteration,
    "outputs": Variables._outputs,
    "tasks": Variables._tasks,
    "inputs": lambda v: v._shared.inputs,
    "vars": lambda v: v._execution.variables,
    "labels": Variables._labels,
    "trigger": Variables._trigger,
    "error": lambda v: v._execution.error,
    "envs": lambda v: v._shared.installation["envs"],
    "globals": lambda v: v._shared.installation["globals"],
    "kestra": lambda v: v._shared.installation["kestra"],
}
_SOMETIMES = frozenset(
    {
        *("task", "taskrun", "workerTaskrun", "parents", "parent"),
        *("item", "iteration", "trigger", "error"),
    }
)
"""Unknown variables, rather than null, where there is no such thing."""


def _facts_of(run: TaskRun) -> dict[str, object]:
    """A task run as `taskrun` shows it."""
    facts: dict[str, object] = {
        "id": run.id,
        "startDate": iso(run.history[0].at),
        "attemptsCount": sum(1 for attempt in run.attempts if attempt.state.is_terminal),
    }
    if run.parent_id is not None:
        facts["parentId"] = run.parent_id
    if run.value is not None:
        facts["value"] = run.value
    if run.iteration is not None:
        facts["iteration"] = run.iteration
    if "items" in run.dynamic:
        facts["items"] = run.dynamic["items"]
    return facts


def nested_labels(labels: Mapping[str, str]) -> dict[str, object]:
    """Labels as expressions see them: `a.b` is `labels.a.b`; of a clash the first wins."""
    tree: dict[str, object] = {}
    for key, value in labels.items():
        *folders, leaf = key.split(".")
        branch: object = tree
        for folder in folders:
            branch = branch.setdefault(folder, {}) if isinstance(branch, dict) else None
        if isinstance(branch, dict):
            branch.setdefault(leaf, value)
    return tree


def iso(moment: datetime, zone: tzinfo = UTC) -> str:
    """As Kestra prints times: milliseconds, and `Z` for UTC."""
    return moment.astimezone(zone).isoformat(timespec="milliseconds").replace("+00:00", "Z")
