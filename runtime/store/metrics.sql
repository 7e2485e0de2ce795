-- name: select
-- `search` goes on from here.
SELECT position, execution_id, namespace, flow_id, task_run_id, task_id, at, name, kind, value, tags
FROM metrics

-- name: of_task_runs
SELECT
    found.position, found.execution_id, found.namespace, found.flow_id, found.task_run_id,
    found.task_id, found.at, found.name, found.kind, found.value, found.tags
FROM unnest($1::text[]) AS wanted (id)
CROSS JOIN LATERAL (
    SELECT * FROM metrics WHERE task_run_id = wanted.id ORDER BY position LIMIT $2
) AS found
ORDER BY found.position;
