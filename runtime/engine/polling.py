"""Ask web servers on behalf of `http.Trigger`, and start flows when the answers fit."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import httpx

from runtime.clock import Clock
from runtime.engine.http_trigger import AskingTrigger
from runtime.engine.launch import Launch, Launcher
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_book import Known
from runtime.engine.trigger_log import TriggerLog
from runtime.errors import FlowdeckError, LimitExceeded, Unavailable
from runtime.executions.model import LogLevel
from runtime.expressions.printing import to_text
from runtime.expressions.secrets import Secrets
from runtime.files.vault import Vault
from runtime.flows.truth import is_true
from runtime.store import trigger_state
from runtime.store.pool import Pool
from runtime.store.trigger_state import Due
from runtime.tasks.task import TaskFailed
from runtime.triggers.http import HttpTrigger


class Polling:
    """Evaluates polling triggers.

    The next moment is written before the server is asked: a crash in between loses one look, and
    never starts a flow twice.
    """

    def __init__(
        self,
        pool: Pool,
        occasions: Occasions,
        launcher: Launcher,
        http: httpx.AsyncClient,
        vault: Vault,
        log: TriggerLog,
        clock: Clock,
    ) -> None:
        self._log = log
        self._pool = pool
        self._occasions = occasions
        self._launcher = launcher
        self._http = http
        self._vault = vault
        self._clock = clock

    async def poll(self, due: Due, known: Known, kind: HttpTrigger) -> None:
        """Ask once. A server that cannot be asked is asked again after the interval."""
        now, slot = self._clock.now(), due.next_at
        if slot is None or not await trigger_state.advance(
            self._pool, due, slot, now + timedelta(seconds=kind.interval), None, now
        ):
            return
        key = f"poll:{known.trigger.id}:{slot.isoformat()}"
        launch = Launch(known.flow, known.trigger, {}, key)
        secrets = Secrets()
        try:
            variables = await self._ask(known, secrets)
            if variables is None or not await self._occasions.hold(
                known.flow, known.trigger, now, {"trigger": variables}
            ):
                message = "The answer does not fit the conditions."
                self._log.say(known.flow, known.trigger, LogLevel.DEBUG, message)
                return
        except Unavailable:
            raise
        except (FlowdeckError, TaskFailed) as error:
            started = await self._fail(launch, secrets.mask(str(error)))
        else:
            started = await self._launcher.launch(replace(launch, variables=variables))
        await trigger_state.fired(self._pool, {due.key: (now, started)})

    async def _fail(self, launch: Launch, why: str) -> str | None:
        """The execution that FAILED, where the trigger asks for that; else only a line is left."""
        if launch.trigger.fail_on_trigger_error:
            return await self._launcher.fail(launch, FlowdeckError(why))
        message = f"It could not be evaluated: {why}"
        self._log.say(launch.flow, launch.trigger, LogLevel.ERROR, message)
        return None

    async def _ask(self, known: Known, secrets: Secrets) -> dict[str, object] | None:
        """What expressions see as `trigger`; None when the answer does not fit."""
        written = known.trigger.properties
        condition = str(written.get("responseCondition", "{{ response.statusCode < 400 }}"))
        others = {key: value for key, value in written.items() if key != "responseCondition"}
        rendered = await self._occasions.rendered(known.flow, others, {}, secrets)
        kind = AskingTrigger.of(rendered)
        answer = await self._request(kind)
        headers: dict[str, list[str]] = {}
        for name, value in answer.headers.multi_items():
            headers.setdefault(name, []).append(value)
        body = answer.text.replace("\0", "\N{REPLACEMENT CHARACTER}")
        response = {"statusCode": answer.status_code, "body": body, "headers": headers}
        fits = await self._occasions.settle(
            known.flow, {"response": response}, lambda render: is_true(render(condition, {}))
        )
        if not fits:
            return None
        uri = secrets.mask(str(answer.url))
        found = {"uri": uri, "code": answer.status_code, "headers": headers}
        if kind.encrypt_body:
            return {**found, "encryptedBody": self._vault.sealed_value(body)}
        return {**found, "body": body}

    async def _request(self, kind: AskingTrigger) -> httpx.Response:
        options = kind.options
        headers = {name: to_text(value) for name, value in kind.headers.items()}
        if kind.content_type:
            headers["content-type"] = kind.content_type
        is_map = isinstance(kind.body, Mapping)
        try:
            async with (
                options.client(self._http) as client,
                client.stream(
                    kind.method.upper(),
                    kind.uri,
                    params={k: to_text(v) for k, v in kind.params.items()} or None,
                    content=json.dumps(kind.body) if is_map else kind.body,  # type: ignore[arg-type]  # a map is written as JSON
                    data=kind.form_data,
                    headers=headers,
                    timeout=options.timeouts(),
                    auth=options.authentication(),
                    follow_redirects=options.follow_redirects,
                ) as response,
            ):
                return await _read(response, options.max_content_length)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise TaskFailed(f"{kind.method} {kind.uri} failed: {error}") from error


async def _read(response: httpx.Response, limit: int) -> httpx.Response:
    """The whole answer. Raises LimitExceeded."""
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += chunk
        if len(data) > limit:
            raise LimitExceeded(f"The answer of {response.url} is larger than {limit:,} bytes.")
    return httpx.Response(
        response.status_code,
        headers=response.headers,
        content=bytes(data),
        request=response.request,
    )
