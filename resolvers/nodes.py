"""Anything by its id."""

from runtime.events.event import StoredLog, StoredMetric
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FlowRecord
from runtime.store.task_runs import TaskRunRecord
from runtime.store.triggers import TriggerRecord

Record = ExecutionRecord | TaskRunRecord | FlowRecord | TriggerRecord | StoredLog | StoredMetric
