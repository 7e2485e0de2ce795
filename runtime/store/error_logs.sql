-- name: of_failed_tasks
SELECT logs.task_id, logs.message
FROM logs
WHERE logs.execution_id = $1 AND logs.level >= 40
ORDER BY logs.position
LIMIT 200;
