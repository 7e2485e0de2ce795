-- What is older than is kept goes, a batch at a time.
--
-- The horizon of a log moves over every row once, in order, up to the first that is still kept: on
-- its way it takes those rows whose execution is gone. Rows of executions that are still there stay.

-- name: lock_horizon
-- One server at a time moves it; another passes on.
SELECT position FROM horizons WHERE name = $1 FOR UPDATE SKIP LOCKED;

-- name: move_horizon
UPDATE horizons SET position = $2 WHERE name = $1;

-- name: prune_{log}
WITH
batch AS MATERIALIZED (
    SELECT position, execution_id, at FROM {log} WHERE position >= $1 ORDER BY position LIMIT $3
),
passed AS MATERIALIZED (
    SELECT position, execution_id FROM batch
    WHERE position < COALESCE((SELECT min(position) FROM batch WHERE at >= $2), 9223372036854775807)
),
gone AS (
    DELETE FROM {log}
    USING passed
    WHERE
        {log}.position = passed.position
        AND NOT EXISTS (SELECT FROM executions WHERE executions.id = passed.execution_id)
)
SELECT count(*) AS passed, max(position) AS last FROM passed;

-- name: expired
-- Executions that ended before a moment, oldest first; not those that an unfinished one started.
SELECT id
FROM executions
WHERE
    COALESCE(ended_at, 'infinity'::timestamptz) < $1
    AND owner IS NULL
    AND NOT EXISTS (
        SELECT FROM executions AS parent
        WHERE parent.id = executions.parent_id AND parent.ended_at IS NULL
    )
ORDER BY COALESCE(ended_at, 'infinity'::timestamptz), id
LIMIT $2
FOR UPDATE OF executions SKIP LOCKED;

-- name: drop_events
-- Those of executions that go now, behind the horizon: it does not come by again.
DELETE FROM events
WHERE
    execution_id = ANY ($1::text[])
    AND position < (SELECT position FROM horizons WHERE name = 'events');

-- name: drop_cache
DELETE FROM task_cache WHERE expires_at <= $1;

-- name: drop_messages
-- To executions that are not there any more.
DELETE FROM messages
WHERE
    deliver_at < $1
    AND NOT EXISTS (SELECT FROM executions WHERE executions.id = messages.execution_id);
