"""task_runs"""
