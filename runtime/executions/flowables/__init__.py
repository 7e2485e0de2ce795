"""The types of task that decide which of their children run next: one small class each."""
