-- name: find
-- What was kept, unless it is older than the moment from which it counts.
SELECT outputs FROM task_cache WHERE key = $1 AND ($2::timestamptz IS NULL OR created_at >= $2);

-- name: keep
INSERT INTO task_cache (key, namespace, flow_id, task_id, outputs, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (key) DO UPDATE
SET
    outputs = excluded.outputs,
    created_at = excluded.created_at,
    expires_at = excluded.expires_at;
