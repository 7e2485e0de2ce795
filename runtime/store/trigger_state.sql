-- The write side of triggers: what flows declare, when it is due, and what became of it.

-- name: heads
-- Every living flow, without its source.
SELECT namespace, flow_id, revision, disabled, updated_at FROM flows WHERE deleted_at IS NULL;

-- name: mentioning
-- Of these revisions, those whose source may declare triggers.
SELECT namespace, flow_id
FROM unnest($1::text[], $2::text[], $3::integer[]) AS wanted (namespace, flow_id, revision)
JOIN flow_revisions USING (namespace, flow_id, revision)
WHERE strpos(source, 'triggers') > 0;

-- name: declare
INSERT INTO triggers (
    namespace, flow_id, trigger_id, type, flow_revision, disabled, source_disabled, next_at, since,
    signature, memory, updated_at
)
SELECT
    namespace, flow_id, trigger_id, type, flow_revision, disabled, disabled, next_at, since,
    signature, memory::json, $11
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::boolean[],
    $7::timestamptz[], $8::timestamptz[], $9::text[], $10::text[]
) AS declared (
    namespace, flow_id, trigger_id, type, flow_revision, disabled, next_at, since, signature, memory
)
ON CONFLICT (namespace, flow_id, trigger_id) DO UPDATE
SET
    type = excluded.type,
    flow_revision = excluded.flow_revision,
    disabled = CASE
        WHEN triggers.source_disabled = excluded.source_disabled THEN triggers.disabled
        ELSE excluded.disabled
    END,
    source_disabled = excluded.source_disabled,
    next_at = CASE
        WHEN triggers.signature = excluded.signature THEN triggers.next_at ELSE excluded.next_at
    END,
    since = CASE
        WHEN triggers.signature = excluded.signature THEN triggers.since ELSE excluded.since
    END,
    memory = CASE
        WHEN triggers.signature = excluded.signature THEN triggers.memory ELSE excluded.memory
    END,
    signature = excluded.signature,
    updated_at = excluded.updated_at
WHERE
    triggers.flow_revision <= excluded.flow_revision
    AND (triggers.flow_revision, triggers.signature)
        IS DISTINCT FROM (excluded.flow_revision, excluded.signature);

-- name: forget
-- Triggers of these flows that are not declared any more.
DELETE FROM triggers
USING unnest($1::text[], $2::text[], $3::integer[]) AS flow (namespace, flow_id, revision)
WHERE
    triggers.namespace = flow.namespace
    AND triggers.flow_id = flow.flow_id
    AND triggers.flow_revision <= flow.revision
    AND NOT EXISTS (
        SELECT FROM unnest($4::text[], $5::text[], $6::text[]) AS kept (namespace, flow_id, trigger_id)
        WHERE
            kept.namespace = triggers.namespace
            AND kept.flow_id = triggers.flow_id
            AND kept.trigger_id = triggers.trigger_id
    );

-- name: forget_deleted
DELETE FROM triggers
WHERE NOT EXISTS (
    SELECT FROM flows
    WHERE
        flows.namespace = triggers.namespace
        AND flows.flow_id = triggers.flow_id
        AND flows.deleted_at IS NULL
);

-- name: rest
-- What is switched off is not due, however it was switched off.
UPDATE triggers SET next_at = NULL WHERE disabled AND next_at IS NOT NULL;

-- name: idle
-- Triggers of these types that were switched on and do not know their next moment yet.
SELECT namespace, flow_id, trigger_id FROM triggers
WHERE NOT disabled AND next_at IS NULL AND type = ANY ($1::text[]) AND memory ->> 'over' IS NULL;

-- name: wake
UPDATE triggers SET next_at = $4, memory = $5::json
WHERE
    namespace = $1 AND flow_id = $2 AND trigger_id = $3
    AND NOT disabled AND next_at IS NULL AND signature = $6;

-- name: claim
-- What is due, for this server alone. A claim of a server that is gone counts for nothing.
UPDATE triggers
SET claimed_by = $1
FROM (
    SELECT namespace, flow_id, trigger_id
    FROM triggers
    WHERE
        (
            (next_at <= $2 AND NOT disabled)
            OR (
                backfill IS NOT NULL
                AND NOT (backfill ->> 'paused')::boolean
                AND namespace || '/' || flow_id || '/' || trigger_id <> ALL ($5::text[])
            )
        )
        AND namespace || '/' || flow_id || '/' || trigger_id <> ALL ($3::text[])
        AND (claimed_by IS NULL OR claimed_by = $1 OR is_gone(claimed_by, $2))
    ORDER BY next_at NULLS FIRST
    LIMIT $4
    FOR UPDATE SKIP LOCKED
) AS due
WHERE
    triggers.namespace = due.namespace
    AND triggers.flow_id = due.flow_id
    AND triggers.trigger_id = due.trigger_id
RETURNING
    triggers.namespace, triggers.flow_id, triggers.trigger_id, triggers.next_at, triggers.disabled,
    triggers.execution_id, triggers.backfill, triggers.signature;

-- name: release
UPDATE triggers SET claimed_by = NULL
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3 AND claimed_by = $4;

-- name: advance
-- From one moment to the next, unless somebody has changed it meanwhile.
UPDATE triggers
SET
    next_at = CASE WHEN disabled THEN NULL ELSE $5::timestamptz END,
    last_at = $4,
    execution_id = COALESCE($6, execution_id),
    memory = CASE WHEN $5::timestamptz IS NULL THEN '{"over": true}'::json ELSE memory END,
    updated_at = $7
WHERE
    namespace = $1 AND flow_id = $2 AND trigger_id = $3
    AND next_at IS NOT DISTINCT FROM $4 AND signature = $8
RETURNING next_at;

-- name: jump
-- To another moment than the one that was due, without anything having been evaluated.
UPDATE triggers SET next_at = $5
WHERE
    namespace = $1 AND flow_id = $2 AND trigger_id = $3
    AND next_at IS NOT DISTINCT FROM $4 AND signature = $6
RETURNING trigger_id;

-- name: next_at
SELECT min(next_at) FROM triggers WHERE next_at > $1 AND NOT disabled;

-- name: fired
UPDATE triggers
SET last_at = fired.at, execution_id = COALESCE(fired.execution_id, triggers.execution_id)
FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
    AS fired (namespace, flow_id, trigger_id, at, execution_id)
WHERE
    triggers.namespace = fired.namespace
    AND triggers.flow_id = fired.flow_id
    AND triggers.trigger_id = fired.trigger_id;

-- name: disable
UPDATE triggers SET disabled = $4, updated_at = $5, updated_by = $6
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3
RETURNING source_disabled;

-- name: find
SELECT disabled, source_disabled, backfill, type FROM triggers
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3;

-- name: set_backfill
UPDATE triggers SET backfill = $4::json, updated_at = $5, updated_by = $6
WHERE
    namespace = $1 AND flow_id = $2 AND trigger_id = $3
    AND (backfill IS NULL OR $4::json IS NULL)
RETURNING trigger_id;

-- name: change_backfill
UPDATE triggers SET backfill = (backfill::jsonb || $5::text::jsonb)::json, updated_at = $6
WHERE
    namespace = $1 AND flow_id = $2 AND trigger_id = $3
    AND backfill ->> 'id' = $4
RETURNING trigger_id;

-- name: pause_backfill
UPDATE triggers
SET
    backfill = (backfill::jsonb || jsonb_build_object('paused', $4::boolean))::json,
    updated_at = $5,
    updated_by = $6
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3 AND backfill IS NOT NULL
RETURNING trigger_id;

-- name: end_backfill
UPDATE triggers SET backfill = NULL, updated_at = $5
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3 AND backfill ->> 'id' = $4;

-- name: unfinished
SELECT id FROM executions WHERE id = ANY ($1::text[]) AND ended_at IS NULL;

-- name: callable
-- What a call of a webhook needs to know of its flow, in one look.
SELECT
    revision,
    ARRAY(
        SELECT trigger_id FROM triggers
        WHERE
            triggers.namespace = flows.namespace
            AND triggers.flow_id = flows.flow_id
            AND triggers.disabled
    ) AS switched_off
FROM flows
WHERE namespace = $1 AND flow_id = $2 AND deleted_at IS NULL AND NOT disabled;
