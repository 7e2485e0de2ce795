CREATE TABLE flow_dependencies (
    namespace text NOT NULL,
    flow_id text NOT NULL,
    revision integer NOT NULL,
    kind text NOT NULL,
    via text NOT NULL,
    naming text NOT NULL,
    disabled boolean NOT NULL,
    up_namespace text NOT NULL,
    up_flow_id text NOT NULL,
    down_namespace text NOT NULL,
    down_flow_id text NOT NULL
);
COMMENT ON TABLE flow_dependencies IS 'What the newest revisions of flows say of each other: executions of `down` come from those of `up`.';
COMMENT ON COLUMN flow_dependencies.namespace IS 'With flow_id and revision: the flow that says it, which is one of both.';
COMMENT ON COLUMN flow_dependencies.via IS 'The task or trigger that says it.';
COMMENT ON COLUMN flow_dependencies.naming IS 'EXACT; DYNAMIC: the other flow is named by an expression; PATTERN: `up` are two patterns of LIKE; ANY: every flow.';
CREATE INDEX flow_dependencies_by_owner ON flow_dependencies (namespace, flow_id);
CREATE INDEX flow_dependencies_by_up ON flow_dependencies (up_namespace, up_flow_id);
CREATE INDEX flow_dependencies_by_down ON flow_dependencies (down_namespace, down_flow_id);
CREATE INDEX flow_dependencies_wide ON flow_dependencies (naming) WHERE naming IN ('PATTERN', 'ANY');

ALTER TABLE flows ADD COLUMN mapped bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN flows.mapped IS 'The change up to which `flow_dependencies` is what the flow says.';
CREATE INDEX flows_unmapped ON flows (change) WHERE change <> mapped;

CREATE INDEX executions_by_cause ON executions ((trigger -> 'variables' ->> 'executionId'))
    WHERE parent_id IS NULL AND (trigger -> 'variables' ->> 'executionId') IS NOT NULL;
