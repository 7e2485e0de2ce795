-- name: outputs
-- What the executions yielded that the sibling of a task run started, after the last one read.
SELECT executions.id, executions.outputs
FROM task_runs AS own
JOIN task_runs AS sibling
    ON sibling.execution_id = own.execution_id
    AND sibling.task_id = $2
    AND sibling.parent_id IS NOT DISTINCT FROM own.parent_id
JOIN executions
    ON executions.parent_id = own.execution_id
    AND executions.parent_task_run_id = sibling.id
WHERE own.id = $1
    AND executions.outputs IS NOT NULL
    AND executions.id > $3
ORDER BY executions.id
LIMIT $4;
