"""Actions on many executions at once: what is asked, what came of each, and how it goes on."""
