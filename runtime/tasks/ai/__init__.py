"""The plugin group `io.kestra.plugin.ai`: language models."""
