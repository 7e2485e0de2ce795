-- An index behind every order in which executions and task runs can be listed. What has not begun or
-- ended counts as the latest, so the keys have no nulls and a page goes on where the last one ended.
CREATE INDEX executions_by_start ON executions
    (COALESCE(started_at, 'infinity'::timestamptz) DESC, id DESC);
CREATE INDEX executions_by_end ON executions
    (COALESCE(ended_at, 'infinity'::timestamptz) DESC, id DESC);
CREATE INDEX executions_by_duration ON executions
    (COALESCE(EXTRACT(EPOCH FROM (ended_at - started_at))::float8, 'infinity'::float8) DESC, id DESC);
CREATE INDEX executions_by_parent_and_birth ON executions (parent_id, created_at DESC, id DESC)
    WHERE parent_id IS NOT NULL;
CREATE INDEX task_runs_by_birth ON task_runs (created_at DESC, id DESC);
CREATE INDEX logs_by_task_run ON logs (task_run_id, position) WHERE task_run_id IS NOT NULL;
CREATE INDEX metrics_by_task_run ON metrics (task_run_id, position) WHERE task_run_id IS NOT NULL;
