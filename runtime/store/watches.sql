-- name: memory
-- What a trigger remembers; nothing when somebody has changed it meanwhile.
SELECT memory FROM triggers
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3 AND signature = $4;

-- name: remember
UPDATE triggers SET memory = $5::text::json
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3 AND signature = $4
RETURNING trigger_id;

-- name: last_line
SELECT value FROM counters WHERE name = 'logs';

-- name: lines
-- Of other flows than $7, $8; of a namespace and those below it.
SELECT position, execution_id, namespace, flow_id, task_id, at, level, message
FROM logs
WHERE
    position > $1 AND position <= $2 AND level >= $6
    AND ($3::text IS NULL OR namespace = $3 OR starts_with(namespace, $3 || '.'))
    AND ($4::text IS NULL OR flow_id = $4)
    AND ($5::text IS NULL OR task_id = $5)
    AND NOT (namespace = $7 AND flow_id = $8)
ORDER BY position
LIMIT $9;

-- name: pairs
-- Each with what tells it from the pair that was there before.
SELECT key, created_at::text || '/' || version AS stamp
FROM kv
WHERE
    namespace = $1 AND ($2::text IS NULL OR key = $2) AND starts_with(key, $3)
    AND (expires_at IS NULL OR expires_at > $4)
ORDER BY key
LIMIT $5;

-- name: values
SELECT key, value FROM kv
WHERE namespace = $1 AND key = ANY ($2::text[]) AND (expires_at IS NULL OR expires_at > $3);
