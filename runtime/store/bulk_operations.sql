-- Operations on many executions. Whoever works on one holds it under a fence, as with executions.

-- name: select_ids
INSERT INTO bulk_selections (id, ids, created_at, expires_at) VALUES ($1, $2, $3, $4);

-- name: drop_oldest
-- Of the selections with which no operation has begun.
DELETE FROM bulk_selections
WHERE id IN (
    SELECT id FROM bulk_selections
    WHERE NOT EXISTS (
        SELECT FROM bulk_operations WHERE bulk_operations.selection_id = bulk_selections.id
    )
    ORDER BY created_at DESC, id DESC
    OFFSET $1
);

-- name: selected
SELECT cardinality(ids) AS size, expires_at FROM bulk_selections WHERE id = $1 AND expires_at > $2;

-- name: tally
-- How many executions of a selection are in which state, and how many are not there (no state).
-- Whether some task run of theirs can be restarted is looked up only when it matters ($2).
SELECT
    executions.state,
    $2::boolean AND EXISTS (
        SELECT FROM task_runs
        WHERE
            task_runs.execution_id = executions.id
            AND task_runs.state IN ('FAILED', 'KILLED', 'CANCELLED', 'RETRIED', 'PAUSED')
    ) AS failed,
    count(*) AS count
FROM bulk_selections
CROSS JOIN unnest(bulk_selections.ids) AS chosen (execution_id)
LEFT JOIN executions ON executions.id = chosen.execution_id
WHERE bulk_selections.id = $1
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2;

-- name: create
INSERT INTO bulk_operations (
    id, action, work, selection_id, state, total, actor, idempotency_key, created_at, changed_at, ended_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, CASE WHEN $6 = 0 THEN $9::timestamptz END)
ON CONFLICT (idempotency_key) DO NOTHING
RETURNING id;

-- name: by_key
SELECT id, action FROM bulk_operations WHERE idempotency_key = $1;

-- name: select
SELECT
    id, action, state, total, succeeded, failed, sequence, actor, cancelled_by, created_at, started_at,
    changed_at, ended_at
FROM bulk_operations

-- name: select_items
SELECT operation_id, ordinal, execution_id, outcome, created_id, code, message, state, at FROM bulk_items

-- name: claim
-- Take operations that nobody living works on, the oldest first.
UPDATE bulk_operations
SET
    owner = $1,
    fence = fence + 1,
    state = CASE WHEN state = 'CREATED' THEN 'RUNNING' ELSE state END,
    started_at = COALESCE(started_at, $2::timestamptz),
    changed_at = $2,
    sequence = sequence + 1
WHERE id IN (
    SELECT id FROM bulk_operations
    WHERE ended_at IS NULL AND owner IS DISTINCT FROM $1 AND (owner IS NULL OR is_gone(owner, $2))
    ORDER BY id
    LIMIT $3
    FOR UPDATE SKIP LOCKED
)
RETURNING id, fence;

-- name: held
SELECT id, work, actor, selection_id, state, total, reached, created_at, fence
FROM bulk_operations
WHERE owner = $1 AND ended_at IS NULL
ORDER BY id;

-- name: chunk
SELECT chosen.execution_id
FROM
    bulk_selections
CROSS JOIN unnest(bulk_selections.ids[$2::integer + 1:$2::integer + $3::integer])
    WITH ORDINALITY AS chosen (execution_id, place)
WHERE bulk_selections.id = $1
ORDER BY chosen.place;

-- name: facts
SELECT
    id, namespace, flow_id, state, ended_at, sequence,
    $2::boolean AND EXISTS (
        SELECT FROM task_runs
        WHERE
            task_runs.execution_id = executions.id
            AND task_runs.state IN ('FAILED', 'KILLED', 'CANCELLED', 'RETRIED', 'PAUSED')
    ) AS failed
FROM executions
WHERE id = ANY ($1::text[]);

-- name: done_before
-- On which of these the operation has acted already: their history says so.
SELECT DISTINCT execution_id
FROM events
WHERE
    execution_id = ANY ($1::text[])
    AND (
        (kind = 'EXECUTION_ACTION' AND detail ->> 'bulkOperationId' = $2)
        OR (kind = 'EXECUTION_DELETED' AND at >= $3)
    );

-- name: settle
-- Write what came of a chunk and move on, all or nothing; answers nothing to a former owner.
WITH moved AS (
    UPDATE bulk_operations
    SET
        reached = reached + $4::integer,
        succeeded = succeeded + $5::integer,
        failed = failed + $6::integer,
        sequence = sequence + 1,
        changed_at = $3,
        state = CASE WHEN reached + $4::integer = total THEN 'COMPLETED' ELSE state END,
        ended_at = CASE WHEN reached + $4::integer = total THEN $3::timestamptz END,
        owner = CASE WHEN reached + $4::integer < total THEN owner END
    WHERE id = $1 AND fence = $2 AND ended_at IS NULL
    RETURNING id
)
INSERT INTO bulk_items (operation_id, ordinal, execution_id, outcome, created_id, code, message, state, at)
SELECT moved.id, ordinal, execution_id, outcome, created_id, code, message, state, $3
FROM
    moved,
    unnest($7::integer[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
        AS item (ordinal, execution_id, outcome, created_id, code, message, state)
RETURNING ordinal;

-- name: stop
-- The end of an operation that was cancelled.
UPDATE bulk_operations
SET state = 'CANCELLED', ended_at = $3, changed_at = $3, sequence = sequence + 1, owner = NULL
WHERE id = $1 AND fence = $2 AND ended_at IS NULL;

-- name: cancel
-- One that nobody has begun ends at once; another after the chunk under way.
UPDATE bulk_operations
SET
    state = CASE WHEN state = 'CREATED' THEN 'CANCELLED' ELSE 'CANCELLING' END,
    ended_at = CASE WHEN state = 'CREATED' THEN $3::timestamptz END,
    cancelled_by = $2,
    changed_at = $3,
    sequence = sequence + 1
WHERE id = $1 AND state IN ('CREATED', 'RUNNING')
RETURNING id;

-- name: state
SELECT state FROM bulk_operations WHERE id = $1;

-- name: forget_selections
DELETE FROM bulk_selections
WHERE
    expires_at < $1
    AND NOT EXISTS (
        SELECT FROM bulk_operations WHERE bulk_operations.selection_id = bulk_selections.id
    );

-- name: forget_operations
WITH gone AS (
    DELETE FROM bulk_operations WHERE ended_at < $1 RETURNING id
)
DELETE FROM bulk_items USING gone WHERE bulk_items.operation_id = gone.id;
