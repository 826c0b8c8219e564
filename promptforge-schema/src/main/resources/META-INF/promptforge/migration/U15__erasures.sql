-- With the triggers on other tables.
DROP FUNCTION log_erased_organization() CASCADE;
DROP FUNCTION log_erased_rows() CASCADE;
DROP FUNCTION logs_erasures();
DROP TABLE erasures;
