-- name: select
-- Everything but what users gave and got, which can be large. `search` goes on from here.
SELECT
    id, namespace, flow_id, flow_revision, kind, state, history, labels, error, trigger, breakpoints,
    created_at, scheduled_at, started_at, ended_at, attempt, parent_id, parent_task_run_id,
    original_id, replay_of, version, sequence, position
FROM executions

-- name: values
SELECT id, inputs, variables, outputs FROM executions WHERE id = ANY ($1);

-- name: pins
-- The revisions of the templates that executions run with.
SELECT id, memory -> 'templates' AS pins FROM executions WHERE id = ANY ($1);

-- name: previous
-- For each execution the one of the same flow that was created just before it.
SELECT
    wanted.id AS of_id,
    other.id, other.namespace, other.flow_id, other.flow_revision, other.kind, other.state, other.history, other.labels, other.error, other.trigger, other.breakpoints,
    other.created_at, other.scheduled_at, other.started_at, other.ended_at, other.attempt, other.parent_id, other.parent_task_run_id,
    other.original_id, other.replay_of, other.version, other.sequence, other.position
FROM executions AS wanted
CROSS JOIN LATERAL (
    SELECT * FROM executions
    WHERE namespace = wanted.namespace AND flow_id = wanted.flow_id
        AND (created_at, id) < (wanted.created_at, wanted.id)
    ORDER BY created_at DESC, id DESC
    LIMIT 1
) AS other
WHERE wanted.id = ANY ($1);

-- name: following
-- For each execution the one of the same flow that was created just after it.
SELECT
    wanted.id AS of_id,
    other.id, other.namespace, other.flow_id, other.flow_revision, other.kind, other.state, other.history, other.labels, other.error, other.trigger, other.breakpoints,
    other.created_at, other.scheduled_at, other.started_at, other.ended_at, other.attempt, other.parent_id, other.parent_task_run_id,
    other.original_id, other.replay_of, other.version, other.sequence, other.position
FROM executions AS wanted
CROSS JOIN LATERAL (
    SELECT * FROM executions
    WHERE namespace = wanted.namespace AND flow_id = wanted.flow_id
        AND (created_at, id) > (wanted.created_at, wanted.id)
    ORDER BY created_at, id
    LIMIT 1
) AS other
WHERE wanted.id = ANY ($1);

-- name: recent
-- For each execution the last $2 of the same flow up to it, the newest first.
SELECT
    wanted.id AS of_id,
    other.id, other.namespace, other.flow_id, other.flow_revision, other.kind, other.state, other.history, other.labels, other.error, other.trigger, other.breakpoints,
    other.created_at, other.scheduled_at, other.started_at, other.ended_at, other.attempt, other.parent_id, other.parent_task_run_id,
    other.original_id, other.replay_of, other.version, other.sequence, other.position
FROM executions AS wanted
CROSS JOIN LATERAL (
    SELECT * FROM executions
    WHERE namespace = wanted.namespace AND flow_id = wanted.flow_id
        AND (created_at, id) <= (wanted.created_at, wanted.id)
    ORDER BY created_at DESC, id DESC
    LIMIT $2
) AS other
WHERE wanted.id = ANY ($1)
ORDER BY wanted.id, other.created_at DESC, other.id DESC;

-- name: recent_of_flows
-- For each flow its last $3 executions, the newest first.
SELECT
    other.id, other.namespace, other.flow_id, other.flow_revision, other.kind, other.state, other.history, other.labels, other.error, other.trigger, other.breakpoints,
    other.created_at, other.scheduled_at, other.started_at, other.ended_at, other.attempt, other.parent_id, other.parent_task_run_id,
    other.original_id, other.replay_of, other.version, other.sequence, other.position
FROM unnest($1::text[], $2::text[]) AS wanted (namespace, flow_id)
CROSS JOIN LATERAL (
    SELECT * FROM executions
    WHERE namespace = wanted.namespace AND flow_id = wanted.flow_id
    ORDER BY created_at DESC, id DESC
    LIMIT $3
) AS other
ORDER BY other.created_at DESC, other.id DESC;
