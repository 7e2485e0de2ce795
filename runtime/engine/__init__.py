"""The loops that make executions go: hold, step, write what was decided, start what follows.

    messages (timers, children, actions) ── alarm ──► actor ── handle ──► journal ──► effects
    people (`engine.py`) ───────────────────────────►   ▲                               │
    workers (`dispatch.py`, `run_task.py`) ─────────────┴───────────────────────────────┘

One actor holds one execution under a fence and takes one message at a time. What a step decides
is durable before anything of it starts and before anyone is told; after a crash the rescuer claims
what the dead server held and lets it go on.
"""
