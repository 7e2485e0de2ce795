"""Journeys share a machine with the server, the database and the browser: give pages their time."""

from playwright.sync_api import expect

expect.set_options(timeout=15_000)
