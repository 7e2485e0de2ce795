CREATE TABLE task_cache (
    key text PRIMARY KEY,
    namespace text NOT NULL,
    flow_id text NOT NULL,
    task_id text NOT NULL,
    outputs json NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE task_cache IS 'What tasks with taskCache yielded, by a hash of the task and its rendered properties.';
CREATE INDEX task_cache_by_age ON task_cache (created_at);
