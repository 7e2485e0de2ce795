"""The plugin group `io.kestra.plugin.core`: tasks that every flow may need."""
