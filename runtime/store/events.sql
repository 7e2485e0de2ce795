-- name: of_execution
SELECT position, execution_id, namespace, flow_id, sequence, at, kind, state, task_run_id, detail
FROM events
WHERE execution_id = $1 AND position > $2 AND position <= $3
ORDER BY sequence
LIMIT $4;

-- name: bounds_of_events
SELECT
    greatest(horizons.position, COALESCE((SELECT min(position) FROM events), value + 1)) AS oldest,
    value AS last
FROM counters
JOIN horizons USING (name)
WHERE name = 'events';

-- name: bounds_of_logs
SELECT
    greatest(horizons.position, COALESCE((SELECT min(position) FROM logs), value + 1)) AS oldest,
    value AS last
FROM counters
JOIN horizons USING (name)
WHERE name = 'logs';

-- name: bounds_of_metrics
SELECT
    greatest(horizons.position, COALESCE((SELECT min(position) FROM metrics), value + 1)) AS oldest,
    value AS last
FROM counters
JOIN horizons USING (name)
WHERE name = 'metrics';
