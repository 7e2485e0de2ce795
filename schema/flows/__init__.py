"""Flows: types, filter, root fields and changes."""
