"""Triggers: find, search, switch off and on."""

import base64
import binascii

from resolvers.context import Context
from resolvers.pages import Listing, Page, PageRequest
from runtime.errors import NotFound
from runtime.store import triggers as store
from runtime.store.conditions import Condition, Order
from runtime.store.triggers import TRIGGERS, TriggerKey, TriggerRecord, record_of

_LISTING = Listing(TRIGGERS, lambda row, _now: record_of(row))
_BY_NAME = Order("name")
_ID = "tg_"
_WEBHOOK = "io.kestra.plugin.core.trigger.Webhook"


def node_id(record: TriggerRecord) -> str:
    """The global id of a trigger."""
    text = f"{record.namespace}/{record.flow_id}/{record.trigger_id}"
    return _ID + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(node: str) -> TriggerKey | None:
    """The names behind a global id; None when it is none."""
    text = node.removeprefix(_ID)
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode()
        namespace, flow_id, trigger_id = decoded.split("/")
    except (binascii.Error, ValueError):
        return None
    return namespace, flow_id, trigger_id


async def page(context: Context, condition: Condition, request: PageRequest) -> Page[TriggerRecord]:
    return await _LISTING.page(context, condition, _BY_NAME, request)


async def set_disabled(context: Context, key: TriggerKey, disabled: bool) -> TriggerRecord:
    """Raises NotFound."""
    if not await store.set_disabled(context.pool, key, disabled, context.now()):
        namespace, flow_id, trigger_id = key
        raise NotFound(
            f"Flow {namespace}.{flow_id} has no trigger {trigger_id}.",
            hint="Ask for `triggers` to see which there are.",
        )
    context.forget()
    found = await context.loaders.triggers.load(key)
    if found is None:
        raise NotFound(f"The trigger {key[2]} was deleted.")
    return found


def webhook_url(record: TriggerRecord) -> str | None:
    """Where a webhook is called; its key is a secret and stays a placeholder."""
    if record.type != _WEBHOOK:
        return None
    return f"/api/v1/executions/webhook/{record.namespace}/{record.flow_id}/{{key}}"
