-- name: select
SELECT
    id, target, name, description, filter, settings, version, created_at, created_by, updated_at, updated_by
FROM saved_views

-- name: create
INSERT INTO saved_views (
    id, target, name, description, filter, settings, created_at, created_by, updated_at, updated_by
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $8);

-- name: change
UPDATE saved_views
SET
    target = $2,
    name = $3,
    description = $4,
    filter = $5,
    settings = $6,
    updated_at = $7,
    updated_by = $8,
    version = version + 1
WHERE id = $1 AND ($9::integer IS NULL OR version = $9)
RETURNING version;

-- name: version
SELECT version FROM saved_views WHERE id = $1;

-- name: count
SELECT count(*) FROM saved_views WHERE target = $1;

-- name: delete
DELETE FROM saved_views WHERE id = $1 RETURNING id;
