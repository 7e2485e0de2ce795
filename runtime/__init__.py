"""The product without any API: it reads YAML flows, runs them, and records every change.

Rooms, from the ground up: `clock`; `config`, `errors`, `ids`, `loop`; `flows` (the language);
`executions` (the pure rules); `store` (PostgreSQL) and `events` (who is told); `files` and
`expressions`; `tasks` and `triggers` (what a flow can do and what starts it); `engine` (the loops).
A room imports only rooms below it.
"""
