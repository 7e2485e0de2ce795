-- How far back the logs are whole. Not in `counters`, whose rows every writer locks.
CREATE TABLE horizons (
    name text PRIMARY KEY,
    position bigint NOT NULL
);
COMMENT ON TABLE horizons IS 'The first position of each log from which retention has taken nothing: older cursors cannot be resumed.';
INSERT INTO horizons (name, position) VALUES ('events', 1), ('logs', 1), ('metrics', 1);

ALTER TABLE task_cache ADD COLUMN expires_at timestamptz;
COMMENT ON COLUMN task_cache.expires_at IS 'From when on nobody takes it any more; null when it counts for ever.';
DROP INDEX task_cache_by_age;
CREATE INDEX task_cache_by_expiry ON task_cache (expires_at) WHERE expires_at IS NOT NULL;
