-- name: executions
DELETE FROM executions WHERE id = ANY ($1::text[]);

-- name: task_runs
DELETE FROM task_runs WHERE execution_id = ANY ($1::text[]);

-- name: outputs
DELETE FROM outputs WHERE execution_id = ANY ($1::text[]);

-- name: messages
DELETE FROM messages WHERE execution_id = ANY ($1::text[]);

-- name: slots
DELETE FROM slots WHERE execution_id = ANY ($1::text[]);

-- name: logs
WITH gone AS (
    DELETE FROM logs WHERE execution_id = ANY ($1::text[]) RETURNING position
)
SELECT count(*) FROM gone;

-- name: metrics
WITH gone AS (
    DELETE FROM metrics WHERE execution_id = ANY ($1::text[]) RETURNING position
)
SELECT count(*) FROM gone;

-- name: tell
INSERT INTO events (
    position, execution_id, sequence, at, kind, state, task_run_id, detail, namespace, flow_id
)
SELECT
    $1 + ordinality - 1, id, sequence, $7, 'EXECUTION_DELETED', state, NULL, $8::json, namespace,
    flow_id
FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
    WITH ORDINALITY AS gone (id, sequence, state, namespace, flow_id, ordinality);
