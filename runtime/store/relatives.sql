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

-- name: above
-- How many executions stand above this one, and whether one of them was killed.
WITH RECURSIVE line (id, depth, state) AS (
    SELECT parent_id, 0, 'RUNNING' FROM executions WHERE id = $1
    UNION ALL
    SELECT executions.parent_id, line.depth + 1, executions.state
    FROM line
    JOIN executions ON executions.id = line.id
    WHERE line.depth < 1000
)
SELECT max(depth) AS depth, bool_or(state IN ('KILLING', 'KILLED')) AS is_killed FROM line;
