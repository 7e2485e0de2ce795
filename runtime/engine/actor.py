"""One execution in memory: takes one message at a time, lets the rules decide, writes, then acts.

A step is: `handle` (pure) → prepare what has to be in the same transaction (children) → write →
start the effects. Anything unexpected drops the actor; its execution is then read again from the
store, which is the truth, so a fault never leaves half a step behind.
"""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from runtime.engine.environment import HeldEnvironment
from runtime.errors import FlowdeckError, Unavailable
from runtime.executions.create import pinned
from runtime.executions.decision import Decision
from runtime.executions.messages import Message, Proceed, Restart, Resume
from runtime.executions.model import Execution
from runtime.flows.model import Flow
from runtime.store.batch import Fenced
from runtime.store.entry import Entry
from runtime.store.pool import is_away

_AGAIN = "Try again in a moment."
_log = logging.getLogger(__name__)


class TakenOver(Unavailable):
    """Another server holds the execution by now; nothing of what was asked was done."""


@dataclass(slots=True)
class Mail:
    """A message on its way: who waits for the answer, and which stored message it answers."""

    message: Message
    done: asyncio.Future[None] | None = None
    stored_id: str | None = None
    creation: Entry | None = None
    """The first write of the execution, when it is to be one with that of this step."""


class Stepper(Protocol):
    """What an actor needs of the engine (`steps.py`)."""

    async def checked(self, actor: "Actor", answer: Resume) -> Resume: ...

    async def complete(self, actor: "Actor") -> None: ...

    def decide(self, actor: "Actor", message: Message) -> Decision: ...

    async def settle(self, actor: "Actor", decision: Decision, mail: Mail) -> None: ...

    async def dropped(self, actor: "Actor", left: list[Mail], error: Exception) -> None: ...

    async def refused(self, mail: Mail) -> None: ...


class Actor:
    """Holds `execution` under `fence` until it is released or dropped."""

    def __init__(
        self,
        execution: Execution,
        fence: int,
        flow: Flow,
        environment: HeldEnvironment,
        stepper: Stepper,
    ) -> None:
        self.execution = execution
        self.environment = environment
        self.fence = fence
        self.flow = flow
        self.is_gone = False
        self._stepper = stepper
        self._mail: deque[Mail] = deque()
        self._at_work: tuple[Mail, ...] = ()
        self._working: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Nothing to do and nothing being done."""
        return not self._mail and (self._working is None or self._working.done())

    @property
    def working(self) -> asyncio.Task[None] | None:
        """What is being done with its messages, when anything is."""
        return None if self.is_idle else self._working

    @property
    def has_mail(self) -> bool:
        return bool(self._mail)

    def tell(self, message: Message, stored_id: str | None = None) -> None:
        """Leave a message; nobody waits for the answer."""
        self._post(Mail(message, None, stored_id))

    async def ask(self, message: Message, creation: Entry | None = None) -> None:
        """Return when the message has been handled and the outcome is durable.

        Raises what the rules raise: a Conflict when the state does not allow it. With a `creation`
        the execution is written for the first time, and whatever hinders that is raised.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._post(Mail(message, done, creation=creation))
        await done

    def run_as(self, flow: Flow) -> None:
        """Go on with the same revision put together with more templates."""
        self.flow = self.environment.known.flow = flow
        self.execution.memory = {**self.execution.memory, **pinned(flow)}
        self.execution.index = None

    async def stop(self) -> list[str]:
        """Leave off in the middle: what is not written yet was not done. Who waits is told.

        The ids of the stored messages that are not answered.
        """
        self.is_gone = True
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        left = [*self._at_work, *self._mail]
        for mail in left:
            _fail(mail, _stopping())
        self._mail.clear()
        return [mail.stored_id for mail in left if mail.stored_id is not None]

    def _post(self, mail: Mail) -> None:
        self._mail.append(mail)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(
                self._work(), name=f"flowdeck-execution-{self.execution.id}"
            )

    async def _work(self) -> None:
        while self._mail and not self.is_gone:
            mail = self._mail.popleft()
            self._at_work = (mail,)
            try:
                await self._step(mail)
                self._at_work = ()
            except asyncio.CancelledError:
                _fail(mail, _stopping())
                raise
            except Exception as error:
                await self._drop(mail, error)

    async def _step(self, mail: Mail) -> None:
        try:
            message = mail.message
            if isinstance(message, Resume):
                message = await self._stepper.checked(self, message)
            elif isinstance(message, Restart):
                await self._stepper.complete(self)
            decision = self._stepper.decide(self, message)
        except FlowdeckError as refusal:
            _fail(mail, refusal)
            await self._stepper.refused(mail)
            return
        if decision.unfinished:
            self._mail.append(Mail(Proceed()))
        await self._stepper.settle(self, decision, mail)
        if mail.done is not None and not mail.done.done():
            mail.done.set_result(None)

    async def _drop(self, mail: Mail, error: Exception) -> None:
        self.is_gone = True
        left = [mail, *self._mail]
        self._mail.clear()
        if mail.creation is not None:
            _fail(mail, error)  # whoever creates it knows what to do
            return
        if is_away(error):
            _log.warning("execution %s is read anew: %s", self.execution.id, error)
        elif not isinstance(error, FlowdeckError):
            _log.error("execution %s was dropped", self.execution.id, exc_info=error)
        await self._stepper.dropped(self, left, error)
        kind = TakenOver if isinstance(error, Fenced) else Unavailable
        away = kind("The execution is being taken over.", hint=_AGAIN)
        for waiting in left:
            _fail(waiting, error if isinstance(error, FlowdeckError) else away)


def _stopping() -> Unavailable:
    return Unavailable("The server is being stopped.", hint=_AGAIN)


def _fail(mail: Mail, error: Exception) -> None:
    if mail.done is not None and not mail.done.done():
        mail.done.set_exception(error)
