-- References to traces, which are deleted with the table.
UPDATE policy_violations  SET trace_id = NULL WHERE trace_id IS NOT NULL;
UPDATE evaluation_results SET trace_id = NULL WHERE trace_id IS NOT NULL;
ALTER TABLE policy_violations  DROP CONSTRAINT policy_violations_trace_id_fkey;
ALTER TABLE evaluation_results DROP CONSTRAINT evaluation_results_trace_id_fkey;
DROP FUNCTION spans_without_partition();
DROP FUNCTION create_span_partitions(date, integer);
DROP TABLE spans;
DROP TABLE traces;
