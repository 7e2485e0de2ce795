-- The write side of triggers: what flows declare, when it is due, and what became of it.

-- name: changes
-- The last change of any flow, and whether there are some that `triggers` does not show yet.
SELECT
    value AS last,
    EXISTS (SELECT FROM flows WHERE change <> declared) AS is_behind
FROM counters
WHERE name = 'flows';

-- name: undeclared
-- Flows that changed since their triggers were declared, in the order of their changes.
SELECT
    namespace, flow_id, revision, disabled, updated_at, change,
    deleted_at IS NOT NULL AS is_deleted,
    strpos(source, 'triggers') > 0 AS mentions
FROM flows
JOIN flow_revisions USING (namespace, flow_id, revision)
WHERE change <> declared
ORDER BY change
LIMIT $1;

-- name: declared
UPDATE flows SET declared = done.change
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS done (namespace, flow_id, change)
WHERE flows.namespace = done.namespace AND flows.flow_id = done.flow_id;

-- name: following
-- The triggers of flows that changed after a position which follow events: Flow triggers, and those
-- that may stop. A flow that changed and has none is there once, without a trigger.
SELECT
    flows.namespace, flows.flow_id, flows.change,
    triggers.trigger_id, triggers.type, triggers.flow_revision, triggers.stop_after
FROM flows
LEFT JOIN triggers
    ON triggers.namespace = flows.namespace
    AND triggers.flow_id = flows.flow_id
    AND NOT triggers.flow_disabled
    AND (triggers.type = $2 OR triggers.stop_after <> '{}')
WHERE flows.change > $1 AND ($1 > 0 OR triggers.trigger_id IS NOT NULL);

-- name: declare
INSERT INTO triggers (
    namespace, flow_id, trigger_id, type, flow_revision, disabled, source_disabled, flow_disabled,
    next_at, since, signature, memory, stop_after, updated_at
)
SELECT
    namespace, flow_id, trigger_id, type, flow_revision, disabled, disabled, flow_disabled,
    next_at, since, signature, memory::json,
    ARRAY(SELECT json_array_elements_text(stop_after::json)), $13
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::boolean[], $7::boolean[],
    $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[], $12::text[]
) AS declared (
    namespace, flow_id, trigger_id, type, flow_revision, disabled, flow_disabled,
    next_at, since, signature, memory, stop_after
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
    flow_disabled = excluded.flow_disabled,
    next_at = CASE
        WHEN triggers.signature = excluded.signature THEN triggers.next_at
        WHEN triggers.disabled AND triggers.source_disabled = excluded.source_disabled THEN NULL
        ELSE excluded.next_at
    END,
    since = CASE
        WHEN triggers.signature = excluded.signature THEN triggers.since ELSE excluded.since
    END,
    memory = CASE
        WHEN triggers.signature = excluded.signature THEN triggers.memory ELSE excluded.memory
    END,
    signature = excluded.signature,
    stop_after = excluded.stop_after,
    updated_at = CASE
        WHEN (triggers.flow_revision, triggers.signature)
            IS DISTINCT FROM (excluded.flow_revision, excluded.signature)
            THEN excluded.updated_at
        ELSE triggers.updated_at
    END
WHERE triggers.flow_revision <= excluded.flow_revision;

-- name: forget
-- Triggers of these flows that are not declared any more, and what they said.
WITH gone AS (
    DELETE FROM triggers
    USING unnest($1::text[], $2::text[], $3::integer[]) AS flow (namespace, flow_id, revision)
    WHERE
        triggers.namespace = flow.namespace
        AND triggers.flow_id = flow.flow_id
        AND triggers.flow_revision <= flow.revision
        AND NOT EXISTS (
            SELECT
            FROM unnest($4::text[], $5::text[], $6::text[]) AS kept (namespace, flow_id, trigger_id)
            WHERE
                kept.namespace = triggers.namespace
                AND kept.flow_id = triggers.flow_id
                AND kept.trigger_id = triggers.trigger_id
        )
    RETURNING triggers.namespace || '/' || triggers.flow_id || '/' || triggers.trigger_id AS name
)
DELETE FROM trigger_logs USING gone WHERE trigger_logs.trigger = gone.name;

-- name: idle
-- Triggers of these types that were switched on and do not know their next moment yet.
SELECT namespace, flow_id, trigger_id, flow_revision, signature FROM triggers
WHERE
    type = ANY ($1::text[])
    AND next_at IS NULL AND NOT disabled AND NOT flow_disabled AND memory ->> 'over' IS NULL
LIMIT $2;

-- name: wake
UPDATE triggers SET next_at = $4, memory = $5::json
WHERE
    namespace = $1 AND flow_id = $2 AND trigger_id = $3
    AND NOT disabled AND next_at IS NULL AND signature = $6;

-- name: claim
-- What is due, for this server alone, those that wait longest first. A claim of a server that is
-- gone counts for nothing. Whether a claim survives a crash does not matter.
WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true)),
by_time AS (
    SELECT namespace, flow_id, trigger_id
    FROM triggers
    WHERE
        next_at <= $2 AND NOT disabled
        AND namespace || '/' || flow_id || '/' || trigger_id <> ALL ($3::text[])
        AND (claimed_by IS NULL OR claimed_by = $1 OR is_gone(claimed_by, $2))
    ORDER BY next_at
    LIMIT $4
    FOR UPDATE SKIP LOCKED
),
by_backfill AS (
    SELECT namespace, flow_id, trigger_id
    FROM triggers
    WHERE
        backfill IS NOT NULL AND NOT (backfill ->> 'paused')::boolean AND NOT flow_disabled
        AND namespace || '/' || flow_id || '/' || trigger_id <> ALL ($5::text[] || $3::text[])
        AND (claimed_by IS NULL OR claimed_by = $1 OR is_gone(claimed_by, $2))
    LIMIT $4
    FOR UPDATE SKIP LOCKED
),
due AS (SELECT * FROM by_time UNION SELECT * FROM by_backfill)
UPDATE triggers
SET claimed_by = $1
FROM due, lazy
WHERE
    triggers.namespace = due.namespace
    AND triggers.flow_id = due.flow_id
    AND triggers.trigger_id = due.trigger_id
RETURNING
    triggers.namespace, triggers.flow_id, triggers.trigger_id, triggers.type,
    triggers.flow_revision, triggers.next_at, triggers.disabled, triggers.execution_id, triggers.backfill,
    triggers.signature;

-- name: release
WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true))
UPDATE triggers SET claimed_by = NULL
FROM lazy
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3 AND claimed_by = $4;

-- name: advance
-- From one moment to the next, unless somebody has changed it meanwhile. After a crash the moment
-- may be due again; then its execution is found by its key.
WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true))
UPDATE triggers
SET
    next_at = CASE WHEN disabled THEN NULL ELSE $5::timestamptz END,
    last_at = $4,
    execution_id = COALESCE($6, execution_id),
    memory = CASE WHEN $5::timestamptz IS NULL THEN '{"over": true}'::json ELSE memory END,
    updated_at = $7
FROM lazy
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
-- What is switched off is not due, however it was switched off. What is switched on again finds its
-- next moment anew, even if it had none before.
UPDATE triggers
SET
    disabled = $4,
    next_at = CASE WHEN $4 THEN NULL ELSE next_at END,
    memory = CASE WHEN memory ->> 'over' IS NULL THEN memory ELSE '{}' END,
    updated_at = $5,
    updated_by = $6
WHERE namespace = $1 AND flow_id = $2 AND trigger_id = $3
RETURNING source_disabled;

-- name: find
SELECT disabled, source_disabled, flow_disabled, flow_revision, backfill, type FROM triggers
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
