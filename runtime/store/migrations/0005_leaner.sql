-- What retention has left is seen in the logs themselves, and every search by parent has the index
-- that knows the order, too.
ALTER TABLE counters DROP COLUMN kept;
DROP INDEX executions_by_parent;
