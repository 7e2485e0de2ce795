-- name: of_execution
SELECT position, execution_id, namespace, flow_id, sequence, at, kind, state, task_run_id, detail
FROM events
WHERE execution_id = $1 AND position > $2 AND position <= $3
ORDER BY sequence
LIMIT $4;

-- name: bounds_of_{log}
SELECT
    greatest(horizons.position, COALESCE((SELECT min(position) FROM {log}), value + 1)) AS oldest,
    value AS last
FROM counters
JOIN horizons USING (name)
WHERE name = '{log}';
