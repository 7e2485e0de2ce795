"""Every type that a flow may name: tasks, flowables, triggers and conditions in one table."""

from runtime.executions.flowables.table import DOCUMENTED
from runtime.tasks.registry import REGISTRY
from runtime.tasks.table import TypeTable
from runtime.triggers.registry import CONDITIONS, TRIGGERS


def known_types() -> TypeTable:
    """The full table; of two types of one name the flowable wins."""
    flowables = [kind.spec() for kind in DOCUMENTED.values()]
    triggers = [kind.spec() for kind in (*TRIGGERS.values(), *CONDITIONS.values())]
    return TypeTable(flowables, REGISTRY.all(), triggers)
