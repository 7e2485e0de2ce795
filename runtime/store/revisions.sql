-- name: lock
-- One change of a flow at a time; the lock goes with the transaction.
SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 1));

-- name: latest
SELECT flows.revision, flows.disabled, flows.deleted_at, flow_revisions.source
FROM flows
JOIN flow_revisions USING (namespace, flow_id, revision)
WHERE flows.namespace = $1 AND flows.flow_id = $2;

-- name: write_flow
INSERT INTO flows (
    namespace, flow_id, revision, disabled, description, labels, created_at, updated_at, updated_by
)
VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $7, $8)
ON CONFLICT (namespace, flow_id) DO UPDATE
SET
    revision = excluded.revision,
    disabled = excluded.disabled,
    description = excluded.description,
    labels = excluded.labels,
    updated_at = excluded.updated_at,
    updated_by = excluded.updated_by,
    deleted_at = NULL;

-- name: write_revision
INSERT INTO flow_revisions (namespace, flow_id, revision, source, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: delete
UPDATE flows SET deleted_at = $3, updated_by = $4
WHERE namespace = $1 AND flow_id = $2 AND deleted_at IS NULL
RETURNING revision;

-- name: set_disabled
UPDATE flows SET disabled = $3, updated_at = $4, updated_by = $5
WHERE namespace = $1 AND flow_id = $2 AND deleted_at IS NULL
RETURNING revision;

-- name: source
SELECT source FROM flow_revisions WHERE namespace = $1 AND flow_id = $2 AND revision = $3;

-- name: head
SELECT revision, disabled, deleted_at FROM flows WHERE namespace = $1 AND flow_id = $2;

-- name: purge
-- An execution shows, and can repeat, the revision that it ran: that one stays, and so do those of
-- its templates. They are looked up once, and only when there is something to delete.
WITH pinned AS MATERIALIZED (
    SELECT DISTINCT pin.key AS name, pin.value::integer AS revision
    FROM executions
    CROSS JOIN LATERAL json_each_text(executions.memory -> 'templates') AS pin
)
DELETE FROM flow_revisions
USING (
    SELECT
        namespace, flow_id, revision, created_at,
        row_number() OVER (PARTITION BY namespace, flow_id ORDER BY revision DESC) AS place
    FROM flow_revisions
    WHERE ($1::text[] IS NULL OR namespace LIKE ANY ($1))
        AND flow_id LIKE $2
) AS old
WHERE flow_revisions.namespace = old.namespace
    AND flow_revisions.flow_id = old.flow_id
    AND flow_revisions.revision = old.revision
    AND old.place > $4
    AND ($3::timestamptz IS NULL OR old.created_at <= $3)
    AND NOT EXISTS (
        SELECT FROM executions
        WHERE executions.namespace = old.namespace
            AND executions.flow_id = old.flow_id
            AND executions.flow_revision = old.revision
    )
    AND (old.namespace || '/' || old.flow_id, old.revision)
        NOT IN (SELECT pinned.name, pinned.revision FROM pinned);
