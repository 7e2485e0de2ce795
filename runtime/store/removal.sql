-- name: execution
DELETE FROM executions WHERE id = $1;

-- name: task_runs
DELETE FROM task_runs WHERE execution_id = $1;

-- name: outputs
DELETE FROM outputs WHERE execution_id = $1;

-- name: messages
DELETE FROM messages WHERE execution_id = $1;

-- name: slot
DELETE FROM slots WHERE execution_id = $1;

-- name: logs
DELETE FROM logs WHERE execution_id = $1;

-- name: metrics
DELETE FROM metrics WHERE execution_id = $1;

-- name: tell
-- Events stay: they are the audit, and streams count on their positions.
WITH placed AS (
    UPDATE counters SET value = value + 1 WHERE name = 'events' RETURNING value
)
INSERT INTO events (
    position, execution_id, sequence, at, kind, state, task_run_id, detail, namespace, flow_id
)
SELECT placed.value, $1, $2, $3, 'EXECUTION_DELETED', $4, NULL, '{}'::json, $5, $6
FROM placed
RETURNING position;
