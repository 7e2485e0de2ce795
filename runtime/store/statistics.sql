-- Sums over many rows. $1 is the time of the query, $2 the length of a step (or null), $3 what else
-- the rows are told apart by. `statistics` puts the caller's condition between the two parts.
-- Steps begin at multiples of their length since a Monday, so that days and weeks are those of UTC.

-- name: executions
SELECT
    CASE WHEN $2::interval IS NOT NULL
        THEN date_bin($2::interval, created_at, '2001-01-01T00:00:00Z') END AS at,
    CASE WHEN $3::text IN ('NAMESPACE', 'FLOW') THEN namespace END AS of_namespace,
    CASE WHEN $3::text = 'FLOW' THEN flow_id END AS of_flow,
    CASE WHEN $3::text = 'TRIGGER' THEN trigger_id END AS of_trigger,
    state,
    count(*) AS count,
    count(ended_at - started_at) AS ended,
    sum(ended_at - started_at) AS lasted,
    max(ended_at - started_at) AS longest
FROM executions
WHERE $1::timestamptz IS NOT NULL AND

-- name: executions_end
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5

-- name: metrics
SELECT
    date_bin($2::interval, at, '2001-01-01T00:00:00Z') AS at,
    CASE $3::text
        WHEN 'SUM' THEN sum(value)
        WHEN 'AVERAGE' THEN avg(value)
        WHEN 'MINIMUM' THEN min(value)
        WHEN 'MAXIMUM' THEN max(value)
        WHEN 'MEDIAN' THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY value)
        WHEN 'P95' THEN percentile_cont(0.95) WITHIN GROUP (ORDER BY value)
        ELSE count(*)
    END::float8 AS value,
    count(*) AS count
FROM metrics
WHERE $1::timestamptz IS NOT NULL AND

-- name: metrics_end
GROUP BY 1
ORDER BY 1
