-- Who was told to wait counts before he is seen to: the queue of a flow never gets longer than it may.
CREATE TABLE IF NOT EXISTS queue_places (
    execution_id text PRIMARY KEY,
    namespace text NOT NULL,
    flow_id text NOT NULL
);
COMMENT ON TABLE queue_places IS 'A place in the queue of a flow that limits it, promised to an execution; it counts until that has begun or ended.';
CREATE INDEX IF NOT EXISTS queue_places_by_flow ON queue_places (namespace, flow_id);
