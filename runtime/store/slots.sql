-- name: lock_flow
-- Slots of one flow are counted by one at a time; the lock goes with the transaction.
SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0));

-- name: take
-- One slot for the execution if it has one already or fewer than the limit are taken. One that has
-- ended gets none: nobody would free it. Its row stays locked, so that an end that comes meanwhile
-- waits, and finds the slot.
INSERT INTO slots (execution_id, namespace, flow_id)
SELECT id, namespace, flow_id FROM executions
WHERE
    id = $1 AND ended_at IS NULL
    AND (SELECT count(*) FROM slots WHERE namespace = $2 AND flow_id = $3) < $4
FOR SHARE OF executions
ON CONFLICT (execution_id) DO NOTHING;

-- name: forget_places
-- Places in the queue whose executions wait no longer.
DELETE FROM queue_places
WHERE
    namespace = $1 AND flow_id = $2
    AND NOT EXISTS (
        SELECT FROM executions
        WHERE id = execution_id AND state IN ('CREATED', 'RESTARTED', 'QUEUED')
    );

-- name: wait
-- A place in the queue, if fewer than the limit are promised or taken by others.
INSERT INTO queue_places (execution_id, namespace, flow_id)
SELECT id, namespace, flow_id FROM executions
WHERE
    id = $1 AND ended_at IS NULL
    AND (
        SELECT count(*) FROM (
            SELECT execution_id FROM queue_places WHERE namespace = $2 AND flow_id = $3
            UNION
            SELECT id FROM executions WHERE namespace = $2 AND flow_id = $3 AND state = 'QUEUED'
        ) AS waiting
        WHERE execution_id <> $1
    ) < $4
ON CONFLICT (execution_id) DO NOTHING;

-- name: waits
SELECT EXISTS (SELECT FROM queue_places WHERE execution_id = $1);

-- name: force
INSERT INTO slots (execution_id, namespace, flow_id)
SELECT id, namespace, flow_id FROM executions
WHERE id = $1 AND ended_at IS NULL
FOR SHARE OF executions
ON CONFLICT (execution_id) DO NOTHING;

-- name: has
SELECT EXISTS (SELECT FROM slots WHERE execution_id = $1);

-- name: queued
-- Those that have a slot already, whose server died before it could begin them, then by their turn.
SELECT executions.id
FROM executions LEFT JOIN slots ON slots.execution_id = executions.id
WHERE executions.namespace = $1 AND executions.flow_id = $2 AND executions.state = 'QUEUED'
ORDER BY slots.execution_id IS NULL, executions.created_at, executions.id
LIMIT $3;

-- name: flows_with_queue
SELECT DISTINCT namespace, flow_id FROM executions WHERE state = 'QUEUED';

-- name: taken
-- What waits with a slot of its own has not begun: it is no reason to begin nothing.
SELECT count(*) FROM slots
WHERE
    namespace = $1 AND flow_id = $2
    AND NOT EXISTS (SELECT FROM executions WHERE id = execution_id AND state = 'QUEUED');
