-- With the triggers on all tables.
DROP FUNCTION audit_rows() CASCADE;
DROP FUNCTION audit_trace_deletion() CASCADE;
DROP FUNCTION audit_span_deletion() CASCADE;
DROP FUNCTION audit_redaction() CASCADE;
DROP FUNCTION audit_changes(regclass, text[], text[]);
DROP TABLE audit_entries;
DROP TABLE audit_transactions;
DROP TABLE audit_logs;
DROP FUNCTION add_audit_entry(uuid, text, text, uuid, jsonb, jsonb);
DROP FUNCTION audited_values(jsonb, jsonb, text[]);
DROP FUNCTION current_audit_transaction();
DROP FUNCTION audit_hash(uuid, uuid, bigint, timestamptz, bytea);
DROP FUNCTION seal_audit_transaction();
DROP FUNCTION check_audit_cut();
DROP FUNCTION cut_audit_log();
