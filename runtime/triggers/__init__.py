"""How a flow starts by itself: the types of triggers and conditions, without loops and without I/O.

The engine's loops (`runtime.engine.scheduler`, `flow_triggers`, `polling`, `webhooks`) ask these.
"""
