-- name: find
-- The pair of the nearest of several namespaces: the longest name wins.
SELECT namespace, key, value, kind, description, version, created_at, updated_at, expires_at
FROM kv
WHERE namespace = ANY ($1::text[]) AND key = $2 AND (expires_at IS NULL OR expires_at > $3)
ORDER BY length(namespace) DESC
LIMIT 1;

-- name: put
-- Write a pair; nothing comes back when it is there and may not be replaced, or has another version.
INSERT INTO kv AS old
    (namespace, key, value, kind, description, created_at, updated_at, expires_at)
VALUES ($1, $2, $3::text::json, $4, $5, $6, $6, $7)
ON CONFLICT (namespace, key) DO UPDATE SET
    value = excluded.value,
    kind = excluded.kind,
    description = coalesce(excluded.description, old.description),
    version = old.version + 1,
    updated_at = excluded.updated_at,
    expires_at = excluded.expires_at
WHERE old.expires_at <= $6
    OR ($8::boolean AND ($9::integer IS NULL OR old.version = $9::integer))
RETURNING version;

-- name: delete
DELETE FROM kv
WHERE namespace = $1 AND key = $2
RETURNING coalesce(expires_at > $3, true) AS was_alive;

-- name: page
-- Pairs of one namespace by key, after a key.
SELECT namespace, key, value, kind, description, version, created_at, updated_at, expires_at
FROM kv
WHERE namespace = $1 AND starts_with(key, $2) AND key > $3
    AND (expires_at IS NULL OR expires_at > $4)
ORDER BY key
LIMIT $5;

-- name: purge
-- Delete pairs, by default those whose time is over; of namespaces and keys that are LIKE a pattern.
DELETE FROM kv
WHERE (expires_at <= $1 OR NOT $2::boolean)
    AND ($3::text[] IS NULL OR namespace LIKE ANY ($3))
    AND key LIKE $4;
