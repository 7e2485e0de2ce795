"""Executions and their task runs: types, filters, root fields, actions and live streams."""
