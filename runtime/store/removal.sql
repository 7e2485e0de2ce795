-- name: places
SELECT id, namespace, flow_id FROM executions WHERE id = ANY ($1::text[]);

-- name: executions
DELETE FROM executions WHERE id = ANY ($1::text[])
RETURNING id, namespace, flow_id, state, sequence;

-- name: lock_events
SELECT FROM counters WHERE name = 'events' FOR UPDATE;

-- name: kill_children
-- To every unfinished execution that an unfinished one of these started.
INSERT INTO messages (id, execution_id, deliver_at, kind)
SELECT 'deleted:' || below.id, below.id, $2, $3
FROM executions
JOIN executions AS below ON below.parent_id = executions.id
WHERE
    executions.id = ANY ($1::text[])
    AND executions.ended_at IS NULL
    AND below.ended_at IS NULL
    AND below.state <> 'KILLING'
    AND below.id <> ALL ($1::text[])
ON CONFLICT (id) DO NOTHING;

-- name: tell_parents
-- Whoever waits for an unfinished one of these hears that it was killed.
INSERT INTO messages (id, execution_id, deliver_at, kind, payload)
SELECT
    'deleted:' || id, parent_id, $2, $3,
    json_build_object(
        'taskRunId', parent_task_run_id, 'childId', id, 'state', 'KILLED', 'outputs', NULL
    )
FROM executions
WHERE
    id = ANY ($1::text[])
    AND parent_waits
    AND parent_id IS NOT NULL
    AND ended_at IS NULL
ON CONFLICT (id) DO NOTHING;

-- name: task_runs
DELETE FROM task_runs WHERE execution_id = ANY ($1::text[]);

-- name: outputs
DELETE FROM outputs WHERE execution_id = ANY ($1::text[]);

-- name: messages
DELETE FROM messages WHERE execution_id = ANY ($1::text[]);

-- name: slots
DELETE FROM slots WHERE execution_id = ANY ($1::text[]);

-- name: queue_places
DELETE FROM queue_places WHERE execution_id = ANY ($1::text[]);

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
