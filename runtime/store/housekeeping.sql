-- What tasks ask about other executions. A filter that is null does not narrow.

-- name: matching
SELECT id
FROM executions
WHERE
    ($1::text IS NULL OR namespace = $1 OR starts_with(namespace, $1 || '.'))
    AND ($2::text IS NULL OR flow_id = $2)
    AND (cardinality($3::text[]) = 0 OR state = ANY ($3))
    AND ($4::timestamptz IS NULL OR created_at >= $4)
    AND ($5::timestamptz IS NULL OR created_at <= $5)
    AND ($6::text IS NULL OR id > $6)
ORDER BY id
LIMIT $7;

-- name: count
SELECT count(*)
FROM executions
WHERE
    ($1::text IS NULL OR namespace = $1 OR starts_with(namespace, $1 || '.'))
    AND ($2::text IS NULL OR flow_id = $2)
    AND (cardinality($3::text[]) = 0 OR state = ANY ($3))
    AND ($4::timestamptz IS NULL OR created_at >= $4)
    AND ($5::timestamptz IS NULL OR created_at <= $5);

-- name: logs
SELECT position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message
FROM logs
WHERE
    position > $1
    AND ($2::text IS NULL OR namespace = $2 OR starts_with(namespace, $2 || '.'))
    AND ($3::text IS NULL OR flow_id = $3)
    AND ($4::text IS NULL OR execution_id = $4)
    AND (cardinality($5::text[]) = 0 OR task_id = ANY ($5))
    AND ($6::smallint IS NULL OR level >= $6)
    AND (cardinality($7::smallint[]) = 0 OR level = ANY ($7))
    AND ($8::timestamptz IS NULL OR at >= $8)
    AND ($9::timestamptz IS NULL OR at <= $9)
ORDER BY position
LIMIT $10;

-- name: delete_logs
WITH gone AS (
    DELETE FROM logs
    WHERE
        ($1::text IS NULL OR namespace = $1 OR starts_with(namespace, $1 || '.'))
        AND ($2::text IS NULL OR flow_id = $2)
        AND ($3::text IS NULL OR execution_id = $3)
        AND (cardinality($4::text[]) = 0 OR task_id = ANY ($4))
        AND ($5::smallint IS NULL OR level >= $5)
        AND (cardinality($6::smallint[]) = 0 OR level = ANY ($6))
        AND ($7::timestamptz IS NULL OR at >= $7)
        AND ($8::timestamptz IS NULL OR at <= $8)
    RETURNING position
)
SELECT count(*) FROM gone;
