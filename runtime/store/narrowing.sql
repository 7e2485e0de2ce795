-- name: select
-- `narrowing` goes on from here.
SELECT namespace, flow_id FROM flows
