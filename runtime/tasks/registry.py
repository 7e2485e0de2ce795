"""Every task type by name: adding one is a line here, or an entry point of another package.

Flowable types (Parallel, If …) decide rather than work and are listed in
`runtime.executions.flowables`; the engine joins both, and the triggers, in one `TypeTable`.
"""

import inspect
import logging
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from runtime.tasks.ai import completion
from runtime.tasks.core import (
    debug,
    execution,
    executions,
    flows,
    for_each_item,
    http,
    kv,
    log,
    logs,
    metric,
    namespace,
    output,
    state,
    storage,
    storage_items,
    templating,
    trigger,
    working_directory,
)
from runtime.tasks.jdbc import duckdb, postgresql, sqlite
from runtime.tasks.notifications import mail, slack
from runtime.tasks.scripts import node, python, shell
from runtime.tasks.scripts.runner_types import runner_specs
from runtime.tasks.serdes import avro, csv, excel, json, parquet, xml
from runtime.tasks.table import TypeTable
from runtime.tasks.task import InlineTask, TaskType, WorkTask

ENTRY_POINTS = "flowdeck.tasks"
_log = logging.getLogger(__name__)

BUILT_IN: tuple[type[TaskType], ...] = (
    avro.AvroToIon,
    avro.IonToAvro,
    completion.ChatCompletion,
    completion.OpenAiChatCompletion,
    csv.CsvToIon,
    csv.IonToCsv,
    debug.Echo,
    debug.Return,
    duckdb.Queries,
    duckdb.Query,
    excel.ExcelToIon,
    excel.IonToExcel,
    execution.Assert,
    execution.Exit,
    execution.Fail,
    execution.Labels,
    execution.SetVariables,
    execution.UnsetVariables,
    executions.Count,
    executions.PurgeExecutions,
    executions.Resume,
    flows.PurgeFlows,
    for_each_item.Merge,
    for_each_item.Split,
    http.Download,
    http.Request,
    json.IonToJson,
    json.JsonToIon,
    kv.Delete,
    kv.Get,
    kv.GetKeys,
    kv.PurgeKV,
    kv.Set,
    log.Log,
    logs.Fetch,
    logs.PurgeLogs,
    mail.MailExecution,
    mail.MailSend,
    metric.Publish,
    namespace.DeleteFiles,
    namespace.DownloadFiles,
    namespace.UploadFiles,
    node.Commands,
    node.Script,
    output.OutputValues,
    parquet.IonToParquet,
    parquet.ParquetToIon,
    xml.IonToXml,
    xml.XmlToIon,
    postgresql.Queries,
    postgresql.Query,
    python.Commands,
    python.Script,
    shell.Commands,
    shell.Script,
    slack.SlackExecution,
    slack.SlackIncomingWebhook,
    sqlite.Queries,
    sqlite.Query,
    state.Delete,
    state.Get,
    state.Set,
    storage.Concat,
    storage.Delete,
    storage.LocalFiles,
    storage.PurgeCurrentExecutionFiles,
    storage.Reverse,
    storage.Size,
    storage.Split,
    storage.Write,
    storage_items.DeduplicateItems,
    storage_items.FilterItems,
    templating.TemplatedTask,
    trigger.Toggle,
    working_directory.Collect,
    working_directory.Prepare,
)


def installed(points: Iterable[EntryPoint]) -> list[type[TaskType]]:
    """The task types that installed packages offer; one that cannot be loaded is left out."""
    return [kind for point in points for kind in _load(point)]


def _load(point: EntryPoint) -> list[type[TaskType]]:
    """The types that an entry point offers: one class, or a module full of them."""
    try:
        found = point.load()
    except Exception:
        _log.exception("The task types of %s cannot be loaded and are left out", point.value)
        return []
    offered = vars(found).values() if inspect.ismodule(found) else [found]
    return [kind for kind in offered if _is_task_type(kind)]


def _is_task_type(kind: object) -> bool:
    if not inspect.isclass(kind) or not issubclass(kind, InlineTask | WorkTask):
        return False
    if not hasattr(kind, "type_name"):
        return False  # a base that several types share
    if inspect.isabstract(kind):
        _log.error("The task type %s has no `run` and is left out", kind.type_name)
        return False
    return True


TASK_TYPES: dict[str, type[TaskType]] = {
    kind.type_name: kind
    for kind in (
        *BUILT_IN,
        *installed(entry_points(group=ENTRY_POINTS)),
    )
}
"""Every task type by its full name; one of an installed package replaces a built-in one."""

REGISTRY = TypeTable((kind.spec() for kind in TASK_TYPES.values()), runner_specs())
"""Their table, by name and alias, with the task runners of scripts."""


def find_task(name: str) -> type[TaskType] | None:
    """The class behind a type name or alias; None when it is unknown."""
    spec = REGISTRY.find(name)
    return TASK_TYPES.get(spec.name) if spec else None
