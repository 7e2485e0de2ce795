-- name: is_behind
SELECT EXISTS (SELECT FROM flows WHERE change <> mapped);

-- name: unmapped
-- Flows that changed since their ties were written down, in the order of their changes.
SELECT namespace, flow_id, revision, change, deleted_at IS NOT NULL AS is_deleted
FROM flows
WHERE change <> mapped
ORDER BY change
LIMIT $1;

-- name: lock
-- One server writes ties at a time; the lock goes with the transaction.
SELECT pg_advisory_xact_lock(hashtextextended('flow_dependencies', 2));

-- name: mark
UPDATE flows SET mapped = done.change
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS done (namespace, flow_id, change)
WHERE flows.namespace = done.namespace
    AND flows.flow_id = done.flow_id
    AND flows.mapped < done.change
RETURNING flows.namespace, flows.flow_id;

-- name: clear
DELETE FROM flow_dependencies
USING unnest($1::text[], $2::text[]) AS done (namespace, flow_id)
WHERE flow_dependencies.namespace = done.namespace AND flow_dependencies.flow_id = done.flow_id;

-- name: write
INSERT INTO flow_dependencies (
    namespace, flow_id, revision, kind, via, naming, disabled,
    up_namespace, up_flow_id, down_namespace, down_flow_id
)
SELECT * FROM unnest(
    $1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::boolean[],
    $8::text[], $9::text[], $10::text[], $11::text[]
);

-- name: graph
-- The flows above and below one, $3 steps far and $4 at most, the nearest first; with every tie
-- between those. A pattern stands for the flows that are there; `%` alone for all of them at once.
WITH RECURSIVE walk (namespace, flow_id, upward, depth) AS (
    SELECT $1::text, $2::text, direction.upward, 0
    FROM (VALUES (true), (false)) AS direction (upward)
    UNION
    SELECT next.namespace, next.flow_id, walk.upward, walk.depth + 1
    FROM walk
    CROSS JOIN LATERAL (
        SELECT tie.up_namespace, tie.up_flow_id
        FROM flow_dependencies AS tie
        WHERE walk.upward AND tie.naming <> 'PATTERN'
            AND tie.down_namespace = walk.namespace AND tie.down_flow_id = walk.flow_id
        UNION ALL
        SELECT flows.namespace, flows.flow_id
        FROM flow_dependencies AS tie
        JOIN flows
            ON flows.namespace LIKE tie.up_namespace AND flows.flow_id LIKE tie.up_flow_id
            AND flows.deleted_at IS NULL
            AND (flows.namespace, flows.flow_id) <> (walk.namespace, walk.flow_id)
        WHERE walk.upward AND tie.naming = 'PATTERN'
            AND tie.down_namespace = walk.namespace AND tie.down_flow_id = walk.flow_id
        UNION ALL
        SELECT tie.down_namespace, tie.down_flow_id
        FROM flow_dependencies AS tie
        WHERE NOT walk.upward AND tie.naming IN ('EXACT', 'DYNAMIC')
            AND tie.up_namespace = walk.namespace AND tie.up_flow_id = walk.flow_id
        UNION ALL
        SELECT tie.down_namespace, tie.down_flow_id
        FROM flows
        JOIN flow_dependencies AS tie
            ON tie.naming IN ('PATTERN', 'ANY')
            AND flows.namespace LIKE tie.up_namespace AND flows.flow_id LIKE tie.up_flow_id
            AND (tie.down_namespace, tie.down_flow_id) <> (flows.namespace, flows.flow_id)
        WHERE NOT walk.upward AND flows.deleted_at IS NULL
            AND flows.namespace = walk.namespace AND flows.flow_id = walk.flow_id
    ) AS next (namespace, flow_id)
    WHERE walk.depth < $3
), found AS (
    SELECT
        namespace, flow_id,
        min(depth) FILTER (WHERE upward) AS above,
        min(depth) FILTER (WHERE NOT upward) AS below
    FROM (SELECT * FROM walk LIMIT 20000) AS walked
    GROUP BY namespace, flow_id
), chosen AS MATERIALIZED (
    SELECT
        found.namespace, found.flow_id, found.above, found.below, flows.revision,
        flows.disabled, flows.deleted_at
    FROM found
    LEFT JOIN flows USING (namespace, flow_id)
    ORDER BY LEAST(found.above, found.below), found.namespace, found.flow_id
    LIMIT $4
), ties AS (
    SELECT
        up.namespace AS up_namespace, up.flow_id AS up_flow_id,
        down.namespace AS down_namespace, down.flow_id AS down_flow_id,
        tie.kind, tie.via, tie.naming, tie.disabled
    FROM flow_dependencies AS tie
    JOIN chosen AS down
        ON down.namespace = tie.down_namespace AND down.flow_id = tie.down_flow_id
    JOIN chosen AS up
        ON (
            tie.naming <> 'PATTERN'
            AND up.namespace = tie.up_namespace AND up.flow_id = tie.up_flow_id
        ) OR (
            up.revision IS NOT NULL AND up.deleted_at IS NULL
            AND (up.namespace, up.flow_id) <> (down.namespace, down.flow_id)
            AND up.namespace LIKE tie.up_namespace AND up.flow_id LIKE tie.up_flow_id
            AND (
                tie.naming = 'PATTERN'
                OR (tie.naming = 'ANY' AND down.below = up.below + 1)
            )
        )
)
SELECT
    (SELECT json_agg(chosen) FROM chosen) AS nodes,
    COALESCE((SELECT json_agg(ties) FROM ties), '[]') AS edges,
    (SELECT count(*) > $4 FROM found) OR (SELECT count(*) = 20000 FROM (SELECT FROM walk LIMIT 20000) AS walked) AS is_cut;

-- name: related
-- The executions above and below one, $2 steps far, grouped by flow, state and what started them.
-- An iteration of a Loop is of the same flow: it costs no step and is not told.
WITH RECURSIVE walk (id, upward, depth) AS (
    SELECT $1::text, direction.upward, 0
    FROM (VALUES (true), (false)) AS direction (upward)
    UNION
    SELECT next.id, walk.upward, walk.depth + next.step
    FROM walk
    CROSS JOIN LATERAL (
        SELECT
            COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId'),
            (own.kind <> 'LOOP')::integer
        FROM executions AS own
        WHERE walk.upward AND own.id = walk.id
            AND COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId') IS NOT NULL
        UNION ALL
        SELECT child.id, (child.kind <> 'LOOP')::integer
        FROM executions AS child
        WHERE NOT walk.upward AND child.parent_id = walk.id
        UNION ALL
        SELECT follower.id, 1
        FROM executions AS follower
        WHERE NOT walk.upward AND follower.parent_id IS NULL
            AND (follower.trigger -> 'variables' ->> 'executionId') = walk.id
    ) AS next (id, step)
    WHERE walk.depth + next.step <= $2
), found AS MATERIALIZED (
    SELECT id, bool_or(upward) AS upward, min(depth) AS depth
    FROM (SELECT * FROM walk LIMIT $3) AS walked
    GROUP BY id
)
SELECT
    own.namespace, own.flow_id, own.state, found.upward, found.depth,
    cause.namespace AS cause_namespace, cause.flow_id AS cause_flow_id,
    CASE WHEN cause.id IS NOT NULL THEN own.trigger ->> 'id' END AS via,
    CASE WHEN cause.id IS NOT NULL THEN own.trigger ->> 'type' END AS type,
    count(*)::integer AS count,
    (array_agg(own.id ORDER BY own.id DESC))[1:20] AS ids,
    sum(count(*)) OVER ()::integer AS total
FROM found
JOIN executions AS own USING (id)
LEFT JOIN (found AS origin JOIN executions AS cause ON cause.id = origin.id)
    ON cause.id = COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId')
WHERE own.kind <> 'LOOP' OR own.id = $1
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- name: belonging
-- Which of the executions $2 have $1 above them, at most $3 steps away.
WITH RECURSIVE line (start, id, depth) AS (
    SELECT id, id, 0 FROM unnest($2::text[]) AS asked (id)
    UNION
    SELECT
        line.start,
        COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId'),
        line.depth + (own.kind <> 'LOOP')::integer
    FROM line
    JOIN executions AS own ON own.id = line.id
    WHERE line.depth + (own.kind <> 'LOOP')::integer <= $3
        AND line.id <> $1
        AND COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId') IS NOT NULL
)
SELECT DISTINCT line.start AS id
FROM line
JOIN executions ON executions.id = line.start
WHERE line.id = $1 AND (executions.kind <> 'LOOP' OR line.start = $1);

-- name: above
-- The executions that stand above one, at most $2 steps away.
WITH RECURSIVE line (id, depth) AS (
    SELECT $1::text, 0
    UNION
    SELECT
        COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId'),
        line.depth + (own.kind <> 'LOOP')::integer
    FROM line
    JOIN executions AS own ON own.id = line.id
    WHERE line.depth + (own.kind <> 'LOOP')::integer <= $2
        AND COALESCE(own.parent_id, own.trigger -> 'variables' ->> 'executionId') IS NOT NULL
)
SELECT DISTINCT id FROM line;
