-- Who holds which execution. A holder lives as long as it holds its advisory lock, so PostgreSQL
-- itself knows of its death; `fence` grows with every claim, so a holder that only seemed dead is refused.

-- name: claim
WITH former AS MATERIALIZED (
    SELECT id, owner FROM executions
    WHERE id = $1 AND (owner IS NULL OR owner = $2 OR is_gone(owner, $3))
    FOR UPDATE
)
UPDATE executions
SET owner = $2, fence = fence + 1
FROM former
WHERE executions.id = former.id
RETURNING executions.*, former.owner AS left_by;

-- name: claim_all
-- In the order of their ids, so that two servers that claim the same never wait for each other.
-- Each holder is judged once, not once for every execution that it holds.
WITH
held AS MATERIALIZED (
    SELECT DISTINCT owner FROM executions
    WHERE id = ANY ($1::text[]) AND owner IS NOT NULL AND owner <> $2
),
gone AS MATERIALIZED (SELECT owner FROM held WHERE is_gone(owner, $3)),
former AS MATERIALIZED (
    SELECT id, owner FROM executions
    WHERE
        id = ANY ($1::text[])
        AND (owner IS NULL OR owner = $2 OR owner IN (SELECT gone.owner FROM gone))
    ORDER BY id
    FOR UPDATE
)
UPDATE executions
SET owner = $2, fence = fence + 1
FROM former
WHERE executions.id = former.id
RETURNING executions.*, former.owner AS left_by;

-- name: find
SELECT * FROM executions WHERE id = $1;

-- name: orphans
-- Executions whose holder is gone, oldest first. Each holder is judged once.
WITH held AS MATERIALIZED (
    SELECT DISTINCT owner FROM executions WHERE owner IS NOT NULL AND owner <> $1
)
SELECT executions.id
FROM executions
WHERE executions.owner = ANY (ARRAY(SELECT owner FROM held WHERE is_gone(held.owner, $2)))
ORDER BY executions.id
LIMIT $3;

-- name: release
-- Only what is still held under the same fence.
UPDATE executions
SET owner = NULL
FROM unnest($2::text[], $3::bigint[]) AS held (id, fence)
WHERE executions.id = held.id AND executions.fence = held.fence AND executions.owner = $1;

-- name: strays
SELECT id FROM executions WHERE owner = $1 AND id <> ALL ($2::text[]) ORDER BY id LIMIT $3;

-- name: lost
SELECT held.id
FROM unnest($1::text[], $2::bigint[]) AS held (id, fence)
LEFT JOIN executions ON executions.id = held.id
WHERE executions.fence IS DISTINCT FROM held.fence;

-- name: task_runs
SELECT * FROM task_runs WHERE execution_id = $1 ORDER BY ordinal;

-- name: outputs
SELECT task_run_id, value FROM outputs WHERE execution_id = $1;

-- name: all_task_runs
SELECT * FROM task_runs WHERE execution_id = ANY ($1::text[]) ORDER BY execution_id, ordinal;

-- name: all_outputs
SELECT execution_id, task_run_id, value FROM outputs WHERE execution_id = ANY ($1::text[]);

-- name: by_idempotency_key
SELECT id FROM executions WHERE namespace = $1 AND flow_id = $2 AND idempotency_key = $3;
