"""The plugin group `io.kestra.plugin.serdes`: from one file format to another."""
