-- name: select
-- `search` goes on from here.
SELECT
    namespace, flow_id, trigger_id, type, flow_revision, disabled, next_at, last_at, execution_id,
    backfill, updated_at
FROM triggers

-- name: by_keys
SELECT
    namespace, flow_id, trigger_id, type, flow_revision, disabled, next_at, last_at, execution_id,
    backfill, updated_at
FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (namespace, flow_id, trigger_id)
JOIN triggers USING (namespace, flow_id, trigger_id);
