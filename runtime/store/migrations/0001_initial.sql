-- Rows, not documents. Three rules hold everywhere:
--   * Times come from the product's own clock, never from the database.
--   * What users wrote (inputs, outputs, variables) is JSON, which keeps the order of keys and every
--     character; what is searched (labels, tags) is JSONB.
--   * `position` follows the order of commits, without a gap: it is drawn from `counters` by an UPDATE
--     whose row lock is held until the commit, so whoever has seen position n never finds one below it later.

CREATE TABLE counters (
    name text PRIMARY KEY,
    value bigint NOT NULL,
    kept bigint NOT NULL DEFAULT 1
);
COMMENT ON COLUMN counters.kept IS 'The first position that retention has left: older cursors cannot be resumed.';
COMMENT ON TABLE counters IS 'The last position given out for each stream.';
INSERT INTO counters (name, value) VALUES ('events', 0), ('logs', 0), ('metrics', 0);

CREATE TABLE flows (
    namespace text NOT NULL,
    flow_id text NOT NULL,
    revision integer NOT NULL,
    disabled boolean NOT NULL DEFAULT false,
    description text,
    labels jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (namespace, flow_id)
);
COMMENT ON COLUMN flows.revision IS 'The latest revision; its source is in flow_revisions.';
COMMENT ON COLUMN flows.deleted_at IS 'Set when the flow was deleted; its executions and revisions stay readable.';

CREATE TABLE flow_revisions (
    namespace text NOT NULL,
    flow_id text NOT NULL,
    revision integer NOT NULL,
    source text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text,
    PRIMARY KEY (namespace, flow_id, revision)
);

CREATE TABLE executions (
    id text PRIMARY KEY,
    namespace text NOT NULL,
    flow_id text NOT NULL,
    flow_revision integer NOT NULL,
    kind text NOT NULL DEFAULT 'NORMAL',
    state text NOT NULL,
    history json NOT NULL,
    labels jsonb NOT NULL DEFAULT '{}',
    inputs json NOT NULL DEFAULT '{}',
    variables json NOT NULL DEFAULT '{}',
    outputs json,
    error json,
    trigger json,
    trigger_id text,
    memory json NOT NULL DEFAULT '{}',
    breakpoints text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    scheduled_at timestamptz,
    started_at timestamptz,
    ended_at timestamptz,
    attempt integer NOT NULL DEFAULT 1,
    parent_id text,
    parent_task_run_id text,
    parent_waits boolean NOT NULL DEFAULT false,
    original_id text,
    replay_of text,
    idempotency_key text,
    version integer NOT NULL DEFAULT 0,
    sequence bigint NOT NULL DEFAULT 0,
    position bigint NOT NULL DEFAULT 0,
    owner text,
    fence bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN executions.history IS 'Every state with the moment it was entered: [["CREATED", "2026-01-01T00:00:00.000000Z"], …].';
COMMENT ON COLUMN executions.memory IS 'What the rules remember between decisions; nobody else reads it.';
COMMENT ON COLUMN executions.parent_waits IS 'Whether the task run that started it waits for its end.';
COMMENT ON COLUMN executions.version IS 'Grows by one with every decision; expectedVersion compares with it.';
COMMENT ON COLUMN executions.sequence IS 'The number of its last event.';
COMMENT ON COLUMN executions.position IS 'The position of its last event: the cursor from which its stream goes on.';
COMMENT ON COLUMN executions.owner IS 'The server that holds it in memory; null when nobody does.';
COMMENT ON COLUMN executions.fence IS 'Grows with every claim; a write with an older one is refused.';
CREATE INDEX executions_by_flow ON executions (namespace, flow_id, created_at DESC, id DESC);
CREATE INDEX executions_by_birth ON executions (created_at DESC, id DESC);
CREATE INDEX executions_by_state ON executions (state, created_at DESC, id DESC);
CREATE INDEX executions_by_label ON executions USING gin (labels jsonb_path_ops);
CREATE INDEX executions_by_parent ON executions (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX executions_held ON executions (owner, id) WHERE owner IS NOT NULL;
CREATE UNIQUE INDEX executions_idempotency ON executions (namespace, flow_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TABLE task_runs (
    id text PRIMARY KEY,
    execution_id text NOT NULL,
    task_id text NOT NULL,
    parent_id text,
    value text,
    iteration integer,
    ordinal integer NOT NULL,
    state text NOT NULL,
    history json NOT NULL,
    attempts json NOT NULL DEFAULT '[]',
    dynamic json NOT NULL DEFAULT '{}',
    child_execution_id text,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz
);
COMMENT ON COLUMN task_runs.ordinal IS 'Its place in the order of creation within the execution, from 0.';
COMMENT ON COLUMN task_runs.attempts IS 'Each try: number, state, history, worker, message.';
CREATE UNIQUE INDEX task_runs_by_execution ON task_runs (execution_id, ordinal);
CREATE INDEX task_runs_by_task ON task_runs (task_id, created_at DESC, id DESC);
CREATE INDEX task_runs_failed ON task_runs (execution_id) WHERE state = 'FAILED';

CREATE TABLE outputs (
    task_run_id text PRIMARY KEY,
    execution_id text NOT NULL,
    value json NOT NULL
);
COMMENT ON TABLE outputs IS 'What task runs yielded, apart from their rows so that lists of task runs stay light.';
CREATE INDEX outputs_by_execution ON outputs (execution_id);

CREATE TABLE events (
    position bigint PRIMARY KEY,
    execution_id text NOT NULL,
    sequence bigint NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    task_run_id text,
    detail json NOT NULL DEFAULT '{}',
    namespace text NOT NULL,
    flow_id text NOT NULL
);
COMMENT ON TABLE events IS 'Every change of every execution, in commit order: history, audit and live streams are read from here.';
CREATE UNIQUE INDEX events_by_execution ON events (execution_id, sequence);

CREATE TABLE logs (
    position bigint PRIMARY KEY,
    execution_id text NOT NULL,
    namespace text NOT NULL,
    flow_id text NOT NULL,
    task_run_id text,
    task_id text,
    attempt integer,
    at timestamptz NOT NULL,
    level smallint NOT NULL,
    message text NOT NULL
);
COMMENT ON COLUMN logs.level IS '0 TRACE, 10 DEBUG, 20 INFO, 30 WARN, 40 ERROR.';
CREATE INDEX logs_by_execution ON logs (execution_id, position);

CREATE TABLE metrics (
    position bigint PRIMARY KEY,
    execution_id text NOT NULL,
    namespace text NOT NULL,
    flow_id text NOT NULL,
    task_run_id text,
    task_id text,
    at timestamptz NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    value double precision NOT NULL,
    tags jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON COLUMN metrics.value IS 'Seconds for kind timer.';
CREATE INDEX metrics_by_execution ON metrics (execution_id, position);
CREATE INDEX metrics_by_name ON metrics (namespace, flow_id, name, at);

CREATE TABLE messages (
    id text PRIMARY KEY,
    execution_id text NOT NULL,
    key text,
    deliver_at timestamptz NOT NULL,
    kind text NOT NULL,
    payload json NOT NULL DEFAULT '{}',
    UNIQUE (execution_id, key)
);
COMMENT ON TABLE messages IS 'What an execution still has to be told: timers (with a key), ends of children, actions from other servers. A row goes in the transaction of the decision that answers it.';
CREATE INDEX messages_by_delivery ON messages (deliver_at, id);

CREATE TABLE slots (
    execution_id text PRIMARY KEY,
    namespace text NOT NULL,
    flow_id text NOT NULL
);
COMMENT ON TABLE slots IS 'A place of a flow''s concurrency limit, owned by an execution: it goes with the execution''s end, so it cannot leak.';
CREATE INDEX slots_by_flow ON slots (namespace, flow_id);

CREATE TABLE triggers (
    namespace text NOT NULL,
    flow_id text NOT NULL,
    trigger_id text NOT NULL,
    type text NOT NULL,
    flow_revision integer NOT NULL,
    disabled boolean NOT NULL DEFAULT false,
    next_at timestamptz,
    last_at timestamptz,
    execution_id text,
    memory json NOT NULL DEFAULT '{}',
    backfill json,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (namespace, flow_id, trigger_id)
);
COMMENT ON COLUMN triggers.next_at IS 'When it is due next; null for triggers that wait for something else than time.';
COMMENT ON COLUMN triggers.memory IS 'What the trigger remembers between evaluations (windows, cursors).';
CREATE INDEX triggers_due ON triggers (next_at) WHERE next_at IS NOT NULL AND NOT disabled;

CREATE TABLE kv (
    namespace text NOT NULL,
    key text NOT NULL,
    value json NOT NULL,
    kind text NOT NULL,
    description text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (namespace, key)
);

CREATE TABLE workers (
    id text PRIMARY KEY,
    lock_key bigint NOT NULL,
    roles text[] NOT NULL,
    groups text[] NOT NULL DEFAULT '{}',
    slots integer NOT NULL DEFAULT 0,
    version text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
COMMENT ON TABLE workers IS 'Every living server and worker. Each holds the advisory lock `lock_key` while it lives, so the database itself knows of a death at once.';

CREATE FUNCTION is_gone(holder text, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE
RETURN NOT EXISTS (
    SELECT FROM workers
    WHERE
        workers.id = holder
        AND (
            EXISTS (
                SELECT FROM pg_locks
                WHERE
                    pg_locks.locktype = 'advisory'
                    AND pg_locks.objsubid = 1
                    AND pg_locks.database = (
                        SELECT oid FROM pg_database WHERE datname = current_database()
                    )
                    AND (pg_locks.classid::bigint << 32 | pg_locks.objid::bigint) = workers.lock_key
            )
            OR (
                clock_timestamp() - pg_postmaster_start_time() < interval '15 seconds'
                AND workers.seen_at > moment - interval '30 seconds'
            )
        )
);
COMMENT ON FUNCTION is_gone IS 'Whether a server is dead: it has left, or its lock is free. Right after a start of PostgreSQL, which frees every lock, those seen lately have 15 seconds to take theirs again.';
