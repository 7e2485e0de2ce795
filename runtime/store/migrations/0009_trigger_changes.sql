-- Whoever reads the triggers of flows reads what has changed, and nothing else.
INSERT INTO counters (name, value) VALUES ('flows', 0);
ALTER TABLE flows
    ADD COLUMN change bigint NOT NULL DEFAULT 0,
    ADD COLUMN declared bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN flows.change IS 'The position of its last change (saved, switched, deleted) among those of all flows, in commit order.';
COMMENT ON COLUMN flows.declared IS 'The change up to which `triggers` is what the flow says.';

CREATE FUNCTION flow_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'flows' RETURNING value INTO NEW.change;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION flow_changed IS 'Gives a change of a flow its position; the row of the counter stays locked until the commit, so that positions follow commits.';
CREATE TRIGGER flows_change
    BEFORE INSERT OR UPDATE OF revision, disabled, deleted_at ON flows
    FOR EACH ROW EXECUTE FUNCTION flow_changed();
UPDATE flows SET revision = revision;
CREATE INDEX flows_by_change ON flows (change);
CREATE INDEX flows_undeclared ON flows (change) WHERE change <> declared;

ALTER TABLE triggers
    ADD COLUMN stop_after text[] NOT NULL DEFAULT '{}',
    ADD COLUMN flow_disabled boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN triggers.stop_after IS 'The states of an execution that it started which switch it off.';
COMMENT ON COLUMN triggers.flow_disabled IS 'Whether the whole flow is off: then the trigger rests, however it is switched itself.';
CREATE INDEX triggers_idle ON triggers (type)
    WHERE next_at IS NULL AND NOT disabled AND NOT flow_disabled AND memory ->> 'over' IS NULL;
CREATE INDEX triggers_stopping ON triggers (namespace, flow_id) WHERE stop_after <> '{}';
CREATE INDEX triggers_by_type ON triggers (type);

CREATE TABLE trigger_logs (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trigger text NOT NULL,
    at timestamptz NOT NULL,
    level smallint NOT NULL,
    message text NOT NULL,
    execution_id text
);
COMMENT ON TABLE trigger_logs IS 'What triggers said when they were evaluated; of each the last lines only.';
COMMENT ON COLUMN trigger_logs.trigger IS 'Namespace, flow and id, with slashes between them.';
CREATE INDEX trigger_logs_by_trigger ON trigger_logs (trigger, position);
