-- name: events
SELECT position, execution_id, namespace, flow_id, sequence, at, kind, state, task_run_id, detail
FROM events WHERE position > $1 ORDER BY position LIMIT $2;

-- name: logs
SELECT position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message
FROM logs WHERE position > $1 ORDER BY position LIMIT $2;

-- name: metrics
SELECT position, execution_id, namespace, flow_id, task_run_id, task_id, at, name, kind, value, tags
FROM metrics WHERE position > $1 ORDER BY position LIMIT $2;
