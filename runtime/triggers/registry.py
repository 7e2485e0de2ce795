"""Every type of trigger and of condition by name: adding one is a line here."""

from runtime.triggers import conditions
from runtime.triggers.flow import FlowTrigger
from runtime.triggers.http import HttpTrigger
from runtime.triggers.schedule import Schedule
from runtime.triggers.schedule_on_dates import ScheduleOnDates
from runtime.triggers.trigger import TriggerType
from runtime.triggers.watching import KvListen, LogTrigger
from runtime.triggers.webhook import Webhook

TRIGGERS: dict[str, type[TriggerType]] = {
    kind.type_name: kind
    for kind in (
        FlowTrigger,
        HttpTrigger,
        KvListen,
        LogTrigger,
        Schedule,
        ScheduleOnDates,
        Webhook,
    )
}
"""Types of triggers by their full name."""

CONDITIONS = conditions.CONDITIONS
"""Types of conditions by their full name."""
