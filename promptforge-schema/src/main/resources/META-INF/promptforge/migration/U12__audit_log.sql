-- With the triggers on all tables.
DROP FUNCTION audit_row() CASCADE;
DROP FUNCTION audit_results() CASCADE;
DROP FUNCTION audit_trace_deletion() CASCADE;
DROP FUNCTION audit_span_deletion() CASCADE;
DROP FUNCTION audit_redaction() CASCADE;
DROP FUNCTION audit_changes(regclass, text[], text[]);
DROP FUNCTION audit_digest(uuid, text, uuid, text, text, text, uuid, jsonb, jsonb, timestamptz);
DROP TABLE audit_entries;
DROP TABLE audit_transactions;
DROP TABLE audit_logs;
DROP FUNCTION current_audit_transaction();
DROP FUNCTION current_actor(text);
DROP FUNCTION audit_hash(uuid, bytea, bigint, uuid, timestamptz, bytea);
DROP FUNCTION seal_audit_transaction();
DROP FUNCTION check_audit_cut();
DROP FUNCTION cut_audit_log();
