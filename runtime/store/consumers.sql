-- Durable readers of the event log: how far they have come, and what Flow triggers read there.

-- name: lock_cursor
-- One reader at a time; another server finds nothing and looks again later.
SELECT position FROM consumers WHERE name = $1 FOR UPDATE SKIP LOCKED;

-- name: move_cursor
UPDATE consumers SET position = $2 WHERE name = $1;

-- name: cursor
SELECT position FROM consumers WHERE name = $1;

-- name: pass_by
-- Nothing depends on this commit, so nobody waits for the disk: after a crash the same events are
-- passed by again.
WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true))
UPDATE consumers SET position = $2 FROM lazy WHERE name = $1 AND position < $2;

-- name: entered
-- Entries of whole executions into these states, in order.
SELECT position, execution_id, namespace, flow_id, sequence, at, state
FROM events
WHERE
    position > $1 AND position <= $2
    AND kind = 'EXECUTION_STATE' AND task_run_id IS NULL AND state = ANY ($3::text[])
ORDER BY position
LIMIT $4;

-- name: upstream
-- The executions that events tell of; the states of attempts only when somebody asks for them.
SELECT
    id, namespace, flow_id, flow_revision, kind, labels, inputs, outputs, trigger_id, created_at,
    CASE WHEN $2 THEN ARRAY(
        SELECT DISTINCT tries.one ->> 'state'
        FROM task_runs, json_array_elements(task_runs.attempts) AS tries (one)
        WHERE task_runs.execution_id = executions.id
    ) ELSE '{}' END AS attempt_states,
    $2 AND EXISTS (
        SELECT FROM task_runs
        WHERE task_runs.execution_id = executions.id AND json_array_length(task_runs.attempts) > 1
    ) AS was_retried
FROM executions
WHERE id = ANY ($1::text[]);

-- name: chain
-- How many executions followed one another by triggers of a type up to this one, subflows on the
-- way included; counted up to a limit.
WITH RECURSIVE line AS (
    SELECT
        COALESCE(trigger -> 'variables' ->> 'executionId', parent_id) AS cause,
        (COALESCE(trigger ->> 'type', '') = $2)::integer AS length
    FROM executions
    WHERE id = $1
    UNION ALL
    SELECT
        COALESCE(
            executions.trigger -> 'variables' ->> 'executionId', executions.parent_id
        ),
        line.length + (COALESCE(executions.trigger ->> 'type', '') = $2)::integer
    FROM line
    JOIN executions ON executions.id = line.cause
    WHERE line.length < $3
)
SELECT max(length) FROM line;

-- name: listening
-- What the store knows of Flow triggers.
SELECT namespace, flow_id, trigger_id, disabled OR flow_disabled AS disabled, since, memory
FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (namespace, flow_id, trigger_id)
JOIN triggers USING (namespace, flow_id, trigger_id);

-- name: remember
UPDATE triggers
SET memory = news.memory::json
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS news (
    namespace, flow_id, trigger_id, memory
)
WHERE
    triggers.namespace = news.namespace
    AND triggers.flow_id = news.flow_id
    AND triggers.trigger_id = news.trigger_id;
