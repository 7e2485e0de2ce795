"""The plugin group `io.kestra.plugin.scripts`: code of users, in child processes."""
