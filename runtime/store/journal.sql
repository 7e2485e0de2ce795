-- The statements of one group commit, in the order in which they run. Each takes arrays, so that one
-- statement serves every execution of the batch.

-- name: insert_executions
INSERT INTO executions (
    id, namespace, flow_id, flow_revision, kind, state, history, labels, inputs, variables, outputs,
    error, trigger, trigger_id, memory, breakpoints, created_at, scheduled_at, started_at, ended_at,
    attempt, parent_id, parent_task_run_id, parent_waits, original_id, replay_of, idempotency_key,
    version, sequence, position, owner, fence
)
SELECT
    id, namespace, flow_id, flow_revision, kind, state, history::json, labels::jsonb, inputs::json,
    variables::json, outputs::json, error::json, trigger::json, trigger_id, memory::json,
    ARRAY(SELECT json_array_elements_text(breakpoints::json)), created_at, scheduled_at, started_at,
    ended_at, attempt, parent_id, parent_task_run_id, parent_waits, original_id, replay_of,
    idempotency_key, version, sequence, position, owner, fence
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
    $16::text[], $17::timestamptz[], $18::timestamptz[], $19::timestamptz[], $20::timestamptz[],
    $21::integer[], $22::text[], $23::text[], $24::boolean[], $25::text[], $26::text[], $27::text[],
    $28::integer[], $29::bigint[], $30::bigint[], $31::text[], $32::bigint[]
) AS new (
    id, namespace, flow_id, flow_revision, kind, state, history, labels, inputs, variables, outputs,
    error, trigger, trigger_id, memory, breakpoints, created_at, scheduled_at, started_at, ended_at,
    attempt, parent_id, parent_task_run_id, parent_waits, original_id, replay_of, idempotency_key,
    version, sequence, position, owner, fence
);

-- name: update_executions
-- Refuses, by leaving it out of the answer, every execution that somebody else has claimed meanwhile.
UPDATE executions
SET
    state = new.state,
    history = new.history::json,
    labels = new.labels::jsonb,
    variables = COALESCE(new.variables::json, executions.variables),
    outputs = new.outputs::json,
    error = new.error::json,
    memory = new.memory::json,
    breakpoints = ARRAY(SELECT json_array_elements_text(new.breakpoints::json)),
    started_at = new.started_at,
    ended_at = new.ended_at,
    attempt = new.attempt,
    version = new.version,
    sequence = new.sequence,
    position = greatest(executions.position, new.position),
    owner = new.owner
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::timestamptz[], $11::timestamptz[], $12::integer[], $13::integer[], $14::bigint[],
    $15::bigint[], $16::text[], $17::bigint[]
) AS new (
    id, state, history, labels, variables, outputs, error, memory, breakpoints, started_at, ended_at,
    attempt, version, sequence, position, owner, fence
)
WHERE executions.id = new.id AND executions.fence = new.fence
RETURNING executions.id;

-- name: write_task_runs
INSERT INTO task_runs (
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history, attempts, dynamic,
    child_execution_id, created_at, started_at, ended_at
)
SELECT
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history::json,
    attempts::json, dynamic::json, child_execution_id, created_at, started_at, ended_at
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[],
    $14::timestamptz[], $15::timestamptz[]
) AS new (
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history, attempts, dynamic,
    child_execution_id, created_at, started_at, ended_at
)
ON CONFLICT (id) DO UPDATE
SET
    state = excluded.state,
    history = excluded.history,
    attempts = excluded.attempts,
    dynamic = excluded.dynamic,
    child_execution_id = excluded.child_execution_id,
    started_at = excluded.started_at,
    ended_at = excluded.ended_at;

-- name: delete_task_runs
DELETE FROM task_runs WHERE id = ANY ($1::text[]);

-- name: write_outputs
INSERT INTO outputs (task_run_id, execution_id, value)
SELECT task_run_id, execution_id, value::json
FROM unnest($1::text[], $2::text[], $3::text[]) AS new (task_run_id, execution_id, value)
ON CONFLICT (task_run_id) DO UPDATE SET value = excluded.value;

-- name: delete_outputs
DELETE FROM outputs WHERE task_run_id = ANY ($1::text[]);

-- name: write_messages
INSERT INTO messages (id, execution_id, key, deliver_at, kind, payload)
SELECT id, execution_id, key, deliver_at, kind, payload::json
FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
    AS new (id, execution_id, key, deliver_at, kind, payload)
ON CONFLICT (execution_id, key) DO UPDATE
SET id = excluded.id, deliver_at = excluded.deliver_at, payload = excluded.payload;

-- name: delete_messages
DELETE FROM messages WHERE id = ANY ($1::text[]);

-- name: cancel_timers
DELETE FROM messages
USING unnest($1::text[], $2::text[]) AS gone (execution_id, key)
WHERE messages.execution_id = gone.execution_id AND messages.key = gone.key;

-- name: message_children
-- One message to every unfinished execution that the given one started, and to those that they
-- started: a tree that grows faster than a word travels down from one to the next has to hear it.
WITH RECURSIVE below (id, state, ended_at) AS (
    SELECT id, state, ended_at FROM executions
    WHERE parent_id = $5 AND ($6::text IS NULL OR parent_task_run_id = $6)
    UNION
    SELECT executions.id, executions.state, executions.ended_at
    FROM below
    JOIN executions ON executions.parent_id = below.id
)
INSERT INTO messages (id, execution_id, deliver_at, kind, payload)
SELECT $1 || id, id, $2, $3, $4::json
FROM below
WHERE ended_at IS NULL AND state <> 'KILLING'
ON CONFLICT (id) DO NOTHING;

-- name: release_slots
DELETE FROM slots WHERE execution_id = ANY ($1::text[]);

-- name: versions
SELECT id, version, fence FROM executions WHERE id = ANY ($1::text[]);
