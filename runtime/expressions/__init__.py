"""The expression language of flows: `{{ outputs.a.value ?? 'none' | upper }}`."""
