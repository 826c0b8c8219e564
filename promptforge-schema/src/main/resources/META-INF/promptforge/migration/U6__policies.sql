DROP TABLE policy_violations;
DROP FUNCTION check_policy_violation_transition();
DROP TABLE policies;
DROP FUNCTION count_policy_version();
