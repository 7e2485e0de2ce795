-- name: are_related
-- Whether one execution comes from the other, by any chain of starts, replays and triggers.
WITH RECURSIVE line (start, id) AS (
    SELECT id, id FROM executions WHERE id IN ($1, $2)
    UNION
    SELECT line.start, origin.id
    FROM line
    JOIN executions ON executions.id = line.id
    CROSS JOIN LATERAL (
        VALUES
            (executions.parent_id),
            (executions.original_id),
            (executions.replay_of),
            (executions.trigger -> 'variables' ->> 'executionId')
    ) AS origin (id)
    WHERE origin.id IS NOT NULL
)
SELECT EXISTS (SELECT FROM line WHERE start = $1 AND id = $2)
    OR EXISTS (SELECT FROM line WHERE start = $2 AND id = $1);

-- name: depth
-- How many executions stand above this one.
WITH RECURSIVE line (id, depth) AS (
    SELECT parent_id, 1 FROM executions WHERE id = $1 AND parent_id IS NOT NULL
    UNION ALL
    SELECT executions.parent_id, line.depth + 1
    FROM line
    JOIN executions ON executions.id = line.id
    WHERE executions.parent_id IS NOT NULL AND line.depth < 1000
)
SELECT coalesce(max(depth), 0) FROM line;
