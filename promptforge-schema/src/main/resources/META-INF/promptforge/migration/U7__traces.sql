ALTER TABLE policy_violations  DROP CONSTRAINT policy_violations_trace_id_fkey;
ALTER TABLE evaluation_results DROP CONSTRAINT evaluation_results_trace_id_fkey;
DROP FUNCTION create_span_partitions(date, integer);
DROP TABLE spans;
DROP TABLE traces;
