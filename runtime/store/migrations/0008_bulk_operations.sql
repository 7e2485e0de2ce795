-- Actions on many executions at once: what was chosen, how far the work has come, and each outcome.
CREATE TABLE bulk_selections (
    id text PRIMARY KEY,
    ids text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE bulk_selections IS 'Executions that somebody chose: what comes later, or changes, is not swept in.';
COMMENT ON COLUMN bulk_selections.expires_at IS 'Until when an operation may begin with it; one that did keeps it.';
-- It is read in slices, again and again: not to be decompressed each time.
ALTER TABLE bulk_selections ALTER COLUMN ids SET STORAGE EXTERNAL;

CREATE TABLE bulk_operations (
    id text PRIMARY KEY,
    action text NOT NULL,
    work text NOT NULL,
    selection_id text NOT NULL,
    state text NOT NULL,
    total integer NOT NULL,
    reached integer NOT NULL DEFAULT 0,
    succeeded integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    sequence integer NOT NULL DEFAULT 1,
    actor text,
    cancelled_by text,
    idempotency_key text UNIQUE,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    changed_at timestamptz NOT NULL,
    ended_at timestamptz,
    owner text,
    fence bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN bulk_operations.work IS 'What is done to each, with its options, as sealed JSON: it may hold secrets.';
COMMENT ON COLUMN bulk_operations.reached IS 'Up to which place of the selection, from 1, everything has its outcome.';
COMMENT ON COLUMN bulk_operations.sequence IS 'Grows with every change: the cursor of its stream.';
COMMENT ON COLUMN bulk_operations.owner IS 'The server that works it off; another goes on when that one is gone.';
COMMENT ON COLUMN bulk_operations.fence IS 'Grows with every change of the owner; a write with an older one is refused.';
CREATE INDEX bulk_operations_open ON bulk_operations (id) WHERE ended_at IS NULL;
CREATE INDEX bulk_operations_by_selection ON bulk_operations (selection_id);

CREATE TABLE bulk_items (
    operation_id text NOT NULL,
    ordinal integer NOT NULL,
    execution_id text NOT NULL,
    outcome text NOT NULL,
    created_id text,
    code text,
    message text,
    state text,
    at timestamptz NOT NULL,
    PRIMARY KEY (operation_id, ordinal)
);
COMMENT ON TABLE bulk_items IS 'What came of each execution of an operation, as soon as it is known.';
COMMENT ON COLUMN bulk_items.created_id IS 'The new execution that it led to, as a replay does.';
CREATE INDEX bulk_items_failed ON bulk_items (operation_id, ordinal) WHERE outcome = 'FAILURE';
