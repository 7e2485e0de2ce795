-- name: select
-- `search` goes on from here.
SELECT position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message
FROM logs

-- name: chunk
SELECT position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message
FROM logs
WHERE execution_id = $1 AND position > $2
ORDER BY position
LIMIT $3;
