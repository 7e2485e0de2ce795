-- name: select
-- `search` goes on from here.
SELECT position, trigger, at, level, message, execution_id
FROM trigger_logs

-- name: write
INSERT INTO trigger_logs (trigger, at, level, message, execution_id)
SELECT trigger, at, level, message, execution_id
FROM unnest($1::text[], $2::timestamptz[], $3::smallint[], $4::text[], $5::text[])
    WITH ORDINALITY AS said (trigger, at, level, message, execution_id, place)
ORDER BY place;

-- name: trim
-- Of each of these triggers only the last lines stay.
DELETE FROM trigger_logs
USING unnest($1::text[]) AS wrote (trigger)
WHERE
    trigger_logs.trigger = wrote.trigger
    AND trigger_logs.position <= (
        SELECT older.position FROM trigger_logs AS older
        WHERE older.trigger = wrote.trigger
        ORDER BY older.position DESC
        OFFSET $2
        LIMIT 1
    );
