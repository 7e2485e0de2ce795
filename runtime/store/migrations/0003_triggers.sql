-- What the loops of triggers need beside the table itself.
ALTER TABLE triggers
    ADD COLUMN signature text NOT NULL DEFAULT '',
    ADD COLUMN source_disabled boolean NOT NULL DEFAULT false,
    ADD COLUMN since timestamptz,
    ADD COLUMN claimed_by text;
COMMENT ON COLUMN triggers.signature IS 'A digest of what the flow says about it: while it stays, next_at and memory stay.';
COMMENT ON COLUMN triggers.source_disabled IS 'Whether the flow itself says that it is disabled; a change of that overrides the switch.';
COMMENT ON COLUMN triggers.since IS 'When it came into force: what happened before does not concern it.';
COMMENT ON COLUMN triggers.claimed_by IS 'The server that evaluates it just now; free again when that server is gone.';
CREATE INDEX triggers_backfilling ON triggers (namespace) WHERE backfill IS NOT NULL;

CREATE TABLE consumers (
    name text PRIMARY KEY,
    position bigint NOT NULL
);
COMMENT ON TABLE consumers IS 'How far each durable reader of the event log has come.';
INSERT INTO consumers (name, position)
SELECT 'flow-triggers', value FROM counters WHERE name = 'events';
