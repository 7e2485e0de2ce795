-- A year of executions as they are in life: few flows run most, most succeed, loops are rare.
-- $1 is how many; executions come in the order of their birth, the last one a minute ago.

-- name: executions
INSERT INTO executions (
    id, namespace, flow_id, flow_revision, state, history, labels, inputs, trigger, trigger_id,
    created_at, started_at, ended_at, version, sequence, position
)
SELECT
    'ex_' || rpad(lpad(to_hex((extract(epoch FROM born) * 1000)::bigint), 11, '0') || md5(n::text), 25, '0'),
    'company.team' || flow % 30 || CASE WHEN flow % 3 = 0 THEN '.etl' ELSE '' END,
    'flow' || flow, 1 + n % 3, state,
    json_build_array(
        json_build_array('CREATED', to_char(born AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
        json_build_array('RUNNING', to_char(born AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    ),
    jsonb_build_object(
        'team', 'team' || flow % 10, 'env', (ARRAY['prod', 'prod', 'prod', 'staging', 'dev'])[1 + n % 5],
        'tenant', 'tenant' || n % 997
    ),
    json_build_object('day', n % 365),
    CASE WHEN n % 2 = 0 THEN json_build_object('id', 'daily', 'type', 'io.kestra.plugin.core.trigger.Schedule') END,
    CASE WHEN n % 2 = 0 THEN 'daily' END,
    born, born + interval '20 milliseconds',
    CASE WHEN state <> 'RUNNING' THEN born + lasted END,
    4, 8, n
FROM (
    SELECT
        n, now() - interval '1 minute' - ($1::bigint - n) * (interval '365 days' / $1::bigint) AS born,
        (200 * power(random(), 3))::int AS flow,
        make_interval(secs => exp(random() * 9) / 20) AS lasted,
        CASE
            WHEN n > $1::bigint - 200 AND n % 2 = 0 THEN 'RUNNING'
            WHEN chance < 0.90 THEN 'SUCCESS'
            WHEN chance < 0.95 THEN 'FAILED'
            WHEN chance < 0.98 THEN 'WARNING'
            WHEN chance < 0.9999 THEN 'KILLED'
            ELSE 'CANCELLED'
        END AS state
    FROM (SELECT n, random() AS chance FROM generate_series(1, $1::bigint) AS n) AS numbers
) AS drawn;

-- name: flows
WITH made AS (
    INSERT INTO flows (namespace, flow_id, revision, created_at, updated_at)
    SELECT DISTINCT namespace, flow_id, 1, now(), now() FROM executions
    ON CONFLICT DO NOTHING
    RETURNING namespace, flow_id
)
INSERT INTO flow_revisions (namespace, flow_id, revision, source, created_at)
SELECT
    namespace, flow_id, 1,
    format(E'id: %s\nnamespace: %s\ntasks:\n  - id: one\n    type: io.kestra.plugin.core.log.Log\n    message: x\n', flow_id, namespace),
    now()
FROM made;

-- name: task_runs
-- Two for each execution, ten for each of the newest fifty.
INSERT INTO task_runs (
    id, execution_id, task_id, ordinal, state, history, attempts, created_at, started_at, ended_at
)
SELECT
    'tr_' || substr(id, 4, 11) || lpad(to_hex(ordinal), 4, '0') || substr(id, 15, 10), id, 'task' || ordinal, ordinal,
    CASE WHEN ended_at IS NULL THEN 'RUNNING' ELSE 'SUCCESS' END, history,
    json_build_array(json_build_object('number', 1, 'state', 'SUCCESS', 'history', history)),
    created_at + ordinal * interval '1 millisecond', started_at, ended_at
FROM executions, generate_series(0, CASE WHEN position > $1::bigint - 50 THEN 9 ELSE 1 END) AS ordinal
ORDER BY executions.position, ordinal;

-- name: logs
-- Two lines for each execution, some of them with a word worth a search.
INSERT INTO logs (position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message)
SELECT
    2 * position - 1 + line, id, namespace, flow_id,
    'tr_' || substr(id, 4, 11) || lpad(to_hex(line), 4, '0') || substr(id, 15, 10), 'task' || line, 1,
    created_at + interval '30 milliseconds', CASE WHEN state = 'FAILED' AND line = 1 THEN 40 ELSE 20 END,
    CASE
        WHEN position % 5000 = 0 THEN 'the connection was refused by host-' || position % 97
        ELSE 'read ' || position * 17 || ' rows in ' || md5(id) || ' of batch ' || position
    END
FROM executions, generate_series(0, 1) AS line
WHERE position <= $1::bigint
ORDER BY position, line;

-- name: large
-- One execution of 10,000 task runs in a loop and 100,000 log lines; $1 is the position behind the logs above.
WITH made AS (
    INSERT INTO executions (
        id, namespace, flow_id, flow_revision, state, history, created_at, started_at, version, sequence, position
    )
    SELECT
        'ex_large00000000000000000000', 'company.team0', 'large', 1, 'RUNNING',
        '[["CREATED", "2026-01-31T12:00:00.000000Z"]]', now(), now(), 1, 1, 0
    RETURNING id, created_at
), loops AS (
    INSERT INTO task_runs (
        id, execution_id, task_id, parent_id, value, iteration, ordinal, state, history, attempts,
        created_at, started_at, ended_at
    )
    SELECT
        'tr_large' || lpad(n::text, 20, '0'), made.id, CASE WHEN n = 0 THEN 'each' ELSE 'one' END,
        CASE WHEN n > 0 THEN 'tr_large' || lpad('0', 20, '0') END, n::text, n, n, 'SUCCESS',
        (SELECT json_agg(json_build_array(state, to_char(
            (created_at + n * interval '7.123 milliseconds' + place * interval '3.7 milliseconds') AT TIME ZONE 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
        ))) FROM unnest(ARRAY['CREATED', 'SUBMITTED', 'RUNNING', 'SUCCESS']) WITH ORDINALITY AS states (state, place)),
        '[{"number": 1, "state": "SUCCESS", "history": []}]',
        created_at, created_at, created_at + n * interval '8 milliseconds'
    FROM made, generate_series(0, 9999) AS n
)
INSERT INTO logs (position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message)
SELECT
    $1::bigint + n, id, 'company.team0', 'large', 'tr_large' || lpad((n % 10000)::text, 20, '0'), 'one', 1,
    created_at, CASE WHEN n % 100 = 0 THEN 40 ELSE 20 END, 'line ' || n || ' of a long story ' || md5(n::text)
FROM made, generate_series(1, 100000) AS n;

-- name: counters
UPDATE counters SET value = CASE name WHEN 'logs' THEN $1::bigint ELSE $2::bigint END
WHERE name IN ('logs', 'events');
