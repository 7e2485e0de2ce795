"""The plugin group `io.kestra.plugin.notifications`: tell people what happened."""
