"""`core.flow`: what keeps the store of flows small."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from runtime.flows.types import Properties
from runtime.store import revisions
from runtime.store.revisions import RevisionPurge
from runtime.tasks.core.purging import PurgeOutputs, PurgeTask, like
from runtime.tasks.properties import Moment, Structured, Text
from runtime.tasks.task import Run, TaskFailed


class RevisionBehavior(Properties):
    """How many of the newest revisions stay, or until when those were saved that go."""

    type: Literal["version"] = "version"
    before: Moment | None = None
    keep_amount: Annotated[int, Field(ge=1)] | None = None


class PurgeFlows(PurgeTask):
    """Delete old revisions of flows, of all namespaces or of some.

    `namespaces` lists them (with `includeChildNamespaces` those below them, too), or
    `namespacePattern` describes them by `*` and `?`, as `flowPattern` does ids. Of each flow the
    newest `behavior.keepAmount` revisions stay (1 when nothing is written), or those saved after
    `behavior.before`. The newest always stays, and so does a revision as long as an execution of
    it, or with it as a template, is there: what ran can be looked at and run again. Purge the
    executions first.
    """

    type_name = "io.kestra.plugin.core.flow.PurgeFlows"

    flow_pattern: Text | None = None
    behavior: Annotated[RevisionBehavior, Structured] = RevisionBehavior(keep_amount=1)

    async def run(self, run: Run) -> BaseModel:
        before, keep = self.behavior.before, self.behavior.keep_amount
        if before is not None and keep is not None:
            raise TaskFailed("Write `before` or `keepAmount`, not both.")
        what = RevisionPurge(
            self.namespaces_like(), like(self.flow_pattern or "*"), before=before, keep=keep or 1
        )
        return PurgeOutputs(size=await revisions.purge(run.services.pool, what))
