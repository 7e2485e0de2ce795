"""Expressions tried out on what was run."""

from resolvers.context import Context
from runtime.engine.evaluation import Evaluated, Mistake


async def evaluate(
    context: Context, execution_id: str, task_run_id: str | None, expression: str
) -> Evaluated | Mistake:
    """Raises NotFound for an unknown execution or task run."""
    return await context.runtime.engine.evaluator.evaluate(execution_id, task_run_id, expression)
