-- What lists of a million rows need beside the orders of 0002.
-- Most task runs pass through their first states in a moment and succeed: those stay out of the index.
CREATE INDEX task_runs_by_state ON task_runs (state, created_at DESC, id DESC)
    WHERE state NOT IN ('CREATED', 'SUBMITTED', 'SUCCESS');
DROP INDEX task_runs_failed;
CREATE INDEX task_runs_to_restart ON task_runs (execution_id)
    WHERE state IN ('FAILED', 'KILLED', 'CANCELLED', 'RETRIED', 'PAUSED', 'BREAKPOINT', 'RETRYING');
