"""Every flowable by its full type name."""

from collections.abc import Mapping

from runtime.executions.flowable import PREFIX, Flowable
from runtime.executions.flowables.approval import Approval
from runtime.executions.flowables.blocks import AllowFailure, Dag, If, Parallel, Sequential, Switch
from runtime.executions.flowables.directory import WorkingDirectory
from runtime.executions.flowables.for_each_item import ForEachItem, ForEachItemItems
from runtime.executions.flowables.loop import Loop
from runtime.executions.flowables.loops import EachParallel, EachSequential, ForEach, LoopUntil
from runtime.executions.flowables.subflow import Subflow
from runtime.executions.flowables.template import Template
from runtime.executions.flowables.waits import Pause, Sleep

_WRITTEN: tuple[type[Flowable], ...] = (
    Sequential,
    Parallel,
    Dag,
    If,
    Switch,
    ForEach,
    EachSequential,
    EachParallel,
    ForEachItem,
    Loop,
    LoopUntil,
    Pause,
    Approval,
    Sleep,
    Subflow,
    AllowFailure,
    WorkingDirectory,
    Template,
)

DOCUMENTED: Mapping[str, type[Flowable]] = {PREFIX + each.name: each for each in _WRITTEN}
"""Those that a flow may name."""

FLOWABLES: Mapping[str, type[Flowable]] = {
    **DOCUMENTED,
    PREFIX + ForEachItemItems.name: ForEachItemItems,
}
"""All that the rules know, the parts of a ForEachItem included."""
