DROP TRIGGER policies_version_kept_on_update ON policies;
DROP TRIGGER policies_version_kept_on_insert ON policies;
DROP FUNCTION keep_policy_version();
DROP TABLE policy_versions;
