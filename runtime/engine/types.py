"""Every type that a flow may name: tasks, flowables, triggers and conditions in one table."""

from runtime.engine.http_trigger import asking_spec
from runtime.executions.flowables.table import DOCUMENTED
from runtime.tasks.registry import REGISTRY
from runtime.tasks.table import TypeTable
from runtime.triggers.http import HttpTrigger
from runtime.triggers.registry import CONDITIONS, TRIGGERS


def known_types() -> TypeTable:
    """The full table; of two types of one name the flowable wins."""
    flowables = [kind.spec() for kind in DOCUMENTED.values()]
    plain = [kind.spec() for kind in TRIGGERS.values() if kind is not HttpTrigger]
    conditions = [kind.spec() for kind in CONDITIONS.values()]
    return TypeTable(flowables, REGISTRY.all(), [*plain, asking_spec(), *conditions])
