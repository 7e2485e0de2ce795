"""What somebody answers to a Pause or an Approval: checked and typed before the rules see it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from runtime.engine.actor import Actor
from runtime.engine.facts import Asking, FactFinder
from runtime.engine.start import InputsRefused, sealed
from runtime.engine.variables import Variables
from runtime.executions.flowable import flowable_of
from runtime.executions.flowables.table import FLOWABLES
from runtime.executions.messages import Resume
from runtime.executions.model import TaskRun
from runtime.executions.resuming import target_of
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Facts, Scope
from runtime.files.vault import Vault
from runtime.flows.inputs import Resolved, resolve, slips
from runtime.flows.model import Input, Task
from runtime.flows.read_inputs import declared_inputs


@dataclass(frozen=True, slots=True)
class Answers:
    """Checks answers the way the inputs of a new execution are checked."""

    renderer: Renderer
    finder: FactFinder
    vault: Vault

    async def checked(self, actor: Actor, resume: Resume) -> Resume:
        """The resume with the values of its inputs. Raises InputsRefused with all that is wrong."""
        step = Step(actor.execution, actor.environment, FLOWABLES)
        run = target_of(step, resume)
        flowable = flowable_of(step, run) if run else None
        task = step.task_of(run) if run else None
        if run is None or task is None or flowable is None or run.state is not TaskRunState.PAUSED:
            return resume
        declared, _ = declared_inputs(flowable.asks(run, task, resume))
        if not declared:
            return resume
        found = await self._resolve(actor, task, run, declared, resume.inputs)
        problems = (*found.problems, *slips(declared, resume.inputs))
        if problems:
            raise InputsRefused(problems)
        values = actor.environment.known.secrecy.open(sealed(found.values, self.vault))
        return replace(resume, task_run_id=run.id, inputs=values)

    async def _resolve(
        self,
        actor: Actor,
        task: Task,
        run: TaskRun,
        declared: tuple[Input, ...],
        given: Mapping[str, object],
    ) -> Resolved:
        execution, known = actor.execution, actor.environment.known
        asking = Asking(execution.namespace, execution.flow_id, execution.id)
        facts = Facts()

        def render(value: object, more: Mapping[str, object]) -> object:
            seen = Variables(known, execution, task, run, more)
            scope = Scope(seen, facts, actor.environment.now, known.secrets)
            return self.renderer.deep(value, scope)

        return await self.finder.settle(lambda: resolve(declared, given, render), facts, asking)
