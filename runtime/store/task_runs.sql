-- name: select
-- `search` goes on from here.
SELECT
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history::text,
    attempts::text, dynamic, child_execution_id, created_at, started_at, ended_at
FROM task_runs

-- name: by_task
SELECT
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history::text,
    attempts::text, dynamic, child_execution_id, created_at, started_at, ended_at
FROM task_runs
WHERE execution_id = $1 AND task_id = $2 AND ($3::text IS NULL OR value = $3)
ORDER BY ordinal DESC
LIMIT 1;

-- name: light
-- The columns of the Gantt; with $2 only what changed after that sequence.
SELECT
    runs.id, runs.ordinal, runs.parent_id, parents.ordinal AS parent_ordinal, runs.task_id, runs.value,
    runs.iteration, runs.state, runs.history, json_array_length(runs.attempts) AS attempt,
    runs.started_at, runs.ended_at
FROM task_runs AS runs
LEFT JOIN task_runs AS parents ON parents.id = runs.parent_id
WHERE runs.execution_id = $1
    AND (
        $2::bigint IS NULL
        OR runs.id IN (
            SELECT task_run_id FROM events WHERE execution_id = $1 AND sequence > $2
        )
    )
ORDER BY runs.ordinal;

-- name: columns
-- The same as one row of arrays, and the histories as lines of one text: ten thousand rows travel and
-- are read ten times faster this way. $3 are task runs to read whatever has changed; `has_lost` tells
-- whether one was taken away.
WITH light AS (
    SELECT
        runs.id, runs.ordinal, runs.parent_id, parents.ordinal AS parent_ordinal, runs.task_id, runs.value,
        runs.iteration, runs.state, runs.history, json_array_length(runs.attempts) AS attempt,
        runs.started_at, runs.ended_at
    FROM task_runs AS runs
    LEFT JOIN task_runs AS parents ON parents.id = runs.parent_id
    WHERE runs.execution_id = $1
        AND (
            $2::bigint IS NULL
            OR runs.id IN (
                SELECT task_run_id FROM events WHERE execution_id = $1 AND sequence > $2
                UNION ALL
                SELECT unnest($3::text[])
            )
        )
)
SELECT
    EXISTS (
        SELECT FROM events
        WHERE execution_id = $1 AND sequence > $2 AND kind = 'TASK_RUN_REMOVED'
    ) AS has_lost,
    array_agg(id ORDER BY ordinal) AS ids,
    array_agg(ordinal ORDER BY ordinal) AS ordinals,
    array_agg(parent_ordinal ORDER BY ordinal) AS parent_ordinals,
    array_agg(task_id ORDER BY ordinal) AS task_ids,
    array_agg(value ORDER BY ordinal) AS task_values,
    array_agg(iteration ORDER BY ordinal) AS iterations,
    array_agg(state ORDER BY ordinal) AS states,
    array_agg(attempt ORDER BY ordinal) AS attempts,
    string_agg(history::text, E'\n' ORDER BY ordinal) AS histories
FROM light;

-- name: outputs
SELECT task_run_id, value FROM outputs WHERE task_run_id = ANY ($1);

-- name: failures
SELECT
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history::text,
    attempts::text, dynamic, child_execution_id, created_at, started_at, ended_at
FROM task_runs
WHERE execution_id = ANY ($1) AND state = 'FAILED'
ORDER BY execution_id, ordinal;

-- name: waiting
SELECT
    id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history::text,
    attempts::text, dynamic, child_execution_id, created_at, started_at, ended_at
FROM task_runs
WHERE execution_id = ANY ($1) AND state IN ('PAUSED', 'BREAKPOINT', 'RETRYING')
ORDER BY execution_id, ordinal;

-- name: with_failures
-- Which executions have something to restart.
SELECT DISTINCT execution_id
FROM task_runs
WHERE execution_id = ANY ($1) AND state IN ('FAILED', 'KILLED', 'CANCELLED', 'RETRIED', 'PAUSED');

-- name: outputs_digests
-- The same text for outputs that differ in secrets (type $2) and in addresses of stored files only:
-- sealing and storing never give the same twice.
SELECT
    task_run_id,
    md5(
        regexp_replace(
            regexp_replace(
                value::jsonb::text, '("type": "' || $2::text || '", "value": )"[^"]*"', '\1""', 'g'
            ),
            '"(kestra|flowdeck):///[^"]*"', '""', 'g'
        )
    ) AS digest
FROM outputs
WHERE execution_id = $1;
