"""Every type that a flow may name: tasks, flowables, triggers and conditions in one table."""

from runtime.executions.flowables.table import FLOWABLES
from runtime.tasks.registry import REGISTRY
from runtime.tasks.table import TypeTable


def known_types() -> TypeTable:
    """The full table; of two types of one name the flowable wins."""
    flowables = [kind.spec() for kind in FLOWABLES.values()]
    return TypeTable(flowables, REGISTRY.all())
