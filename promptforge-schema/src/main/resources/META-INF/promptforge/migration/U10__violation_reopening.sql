ALTER TABLE policy_violations DROP COLUMN reopened_at, DROP COLUMN reopened_by;
