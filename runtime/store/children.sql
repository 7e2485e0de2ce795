-- name: outputs
-- What the executions yielded that the sibling of a task run started, after the last one read.
SELECT children.key, executions.outputs
FROM task_runs AS own
JOIN task_runs AS sibling
    ON sibling.execution_id = own.execution_id
    AND sibling.task_id = $2
    AND sibling.parent_id IS NOT DISTINCT FROM own.parent_id
JOIN children ON children.task_run_id = sibling.id
JOIN executions ON executions.id = children.execution_id
WHERE own.id = $1
    AND executions.outputs IS NOT NULL
    AND (length(children.key), children.key) > (length($3::text), $3::text)
ORDER BY length(children.key), children.key
LIMIT $4;
