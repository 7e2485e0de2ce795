-- name: due
-- What is to be told by now, of executions that this server holds or nobody does.
SELECT messages.id, messages.execution_id, messages.key, messages.kind, messages.payload
FROM messages
JOIN executions ON executions.id = messages.execution_id
WHERE
    messages.deliver_at <= $1
    AND (executions.owner IS NULL OR executions.owner = $2)
    AND messages.id <> ALL ($3::text[])
ORDER BY messages.deliver_at, messages.id
LIMIT $4;

-- name: next_at
SELECT min(deliver_at) FROM messages WHERE deliver_at > $1;

-- name: insert
INSERT INTO messages (id, execution_id, key, deliver_at, kind, payload)
VALUES ($1, $2, $3, $4, $5, $6::text::json);

-- name: is_left
SELECT EXISTS (SELECT FROM messages WHERE id = $1);

-- name: delete
DELETE FROM messages WHERE id = ANY ($1::text[]);
