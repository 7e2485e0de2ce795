-- name: select
-- The newest revision of every flow. `search` goes on from here.
SELECT
    flows.namespace, flows.flow_id, flows.revision, flows.revision AS latest_revision,
    flows.description, flows.disabled, flows.deleted_at IS NOT NULL AS deleted, flows.labels,
    flow_revisions.created_at, flow_revisions.created_by
FROM flows
JOIN flow_revisions USING (namespace, flow_id, revision)

-- name: select_revisions
-- Every revision of flows. `search` goes on from here.
SELECT
    flows.namespace, flows.flow_id, flow_revisions.revision, flows.revision AS latest_revision,
    flows.description, flows.disabled, flows.deleted_at IS NOT NULL AS deleted, flows.labels,
    flow_revisions.created_at, flow_revisions.created_by
FROM flows
JOIN flow_revisions USING (namespace, flow_id)

-- name: by_keys
SELECT
    flows.namespace, flows.flow_id, flow_revisions.revision, flows.revision AS latest_revision,
    flows.description, flows.disabled, flows.deleted_at IS NOT NULL AS deleted, flows.labels,
    flow_revisions.created_at, flow_revisions.created_by, wanted.revision AS wanted_revision
FROM unnest($1::text[], $2::text[], $3::integer[]) AS wanted (namespace, flow_id, revision)
JOIN flows USING (namespace, flow_id)
JOIN flow_revisions
    ON flow_revisions.namespace = wanted.namespace
    AND flow_revisions.flow_id = wanted.flow_id
    AND flow_revisions.revision = COALESCE(wanted.revision, flows.revision);

-- name: sources
SELECT flow_revisions.namespace, flow_revisions.flow_id, flow_revisions.revision, flow_revisions.source
FROM unnest($1::text[], $2::text[], $3::integer[]) AS wanted (namespace, flow_id, revision)
JOIN flow_revisions USING (namespace, flow_id, revision);

-- name: namespaces
SELECT namespace, count(*)::integer AS flows
FROM flows
WHERE deleted_at IS NULL AND ($1::text IS NULL OR namespace = $1 OR namespace LIKE $2)
GROUP BY namespace
ORDER BY namespace;
