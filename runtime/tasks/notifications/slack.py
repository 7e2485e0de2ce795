"""`notifications.slack`: messages by an incoming webhook."""

from collections.abc import Mapping

import httpx
import orjson
from pydantic import Field

from runtime.tasks.core.http_options import HttpOptions
from runtime.tasks.properties import AnyMap, Text
from runtime.tasks.task import Run, TaskFailed, WorkTask

_SHOWN = 500


class WebhookTask(WorkTask):
    """A message that is posted as JSON to an address."""

    url: Text
    options: HttpOptions = HttpOptions()

    async def post(self, run: Run, payload: object) -> None:
        """Send it. Raises TaskFailed without the address, which is a secret."""
        body = payload if isinstance(payload, str) else orjson.dumps(payload).decode()
        try:
            async with self.options.client(run.services.http) as client:
                response = await client.post(
                    self.url,
                    content=body,
                    headers={"content-type": "application/json"},
                    timeout=self.options.timeouts(),
                )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = type(error).__name__
            raise TaskFailed(f"The message cannot be sent: {reason}.") from None
        if response.status_code >= 400:
            raise TaskFailed(
                f"The message was refused with {response.status_code}: {response.text[:_SHOWN]}"
            )


class SlackIncomingWebhook(WebhookTask):
    """Post a message to a Slack channel, or to anything that takes the same payload."""

    type_name = "io.kestra.plugin.notifications.slack.SlackIncomingWebhook"
    aliases = ("io.kestra.plugin.slack.notifications.SlackIncomingWebhook",)

    payload: Text | None = None
    message_text: Text | None = None

    async def run(self, run: Run) -> None:
        if self.payload is None and self.message_text is None:
            raise TaskFailed("Write `payload`, or `messageText`.")
        await self.post(run, self.payload or {"text": self.message_text})


class SlackExecution(WebhookTask):
    """Post what became of an execution to a Slack channel.

    Usually a task of a flow that another flow's end triggers, with `executionId:
    "{{ trigger.executionId }}"`; without it the message is about this execution.
    """

    type_name = "io.kestra.plugin.notifications.slack.SlackExecution"
    aliases = ("io.kestra.plugin.slack.notifications.SlackExecution",)

    execution_id: Text | None = None
    channel: Text | None = None
    username: Text | None = None
    icon_emoji: Text | None = None
    icon_url: Text | None = None
    custom_message: Text | None = None
    custom_fields: AnyMap = Field(default_factory=dict)

    async def run(self, run: Run) -> None:
        sender = {
            "channel": self.channel,
            "username": self.username,
            "icon_emoji": self.icon_emoji,
            "icon_url": self.icon_url,
        }
        message: dict[str, object] = {name: text for name, text in sender.items() if text}
        fields = [{"title": k, "value": v, "short": True} for k, v in self.custom_fields.items()]
        text = self.custom_message or summary(run, self.execution_id)
        await self.post(run, {**message, "text": text, "attachments": [{"fields": fields}]})


def summary(run: Run, execution_id: str | None) -> str:
    """One line about an execution: of this flow, or of the one that triggered it."""
    trigger = run.variables.get("trigger")
    if execution_id and isinstance(trigger, Mapping) and trigger.get("executionId") == execution_id:
        flow = f"{trigger.get('namespace')}.{trigger.get('flowId')}"
        return f"Execution {execution_id} of {flow} is {trigger.get('state', 'finished')}."
    flow = f"{run.namespace}.{run.flow_id}"
    return f"Execution {execution_id or run.execution_id} of {flow} has something to tell."
