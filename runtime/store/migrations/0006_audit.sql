-- Who changed what has no events of its own. Revisions say it themselves (flow_revisions.created_by).
ALTER TABLE flows ADD COLUMN updated_by text;
COMMENT ON COLUMN flows.updated_by IS 'Who saved, disabled, enabled or deleted it last; null when nobody was named.';
ALTER TABLE triggers ADD COLUMN updated_by text;
COMMENT ON COLUMN triggers.updated_by IS 'Who switched or backfilled it last; null when it was a flow that did.';
