-- Results keep their evaluators only as long as these exist.
ALTER TABLE evaluation_results DROP CONSTRAINT evaluation_results_evaluator_version_id_fkey;
ALTER TABLE evaluation_results DISABLE TRIGGER evaluation_results_immutable;
UPDATE evaluation_results SET evaluator_id = NULL, evaluator_version_id = NULL WHERE evaluator_id IS NOT NULL;
ALTER TABLE evaluation_results ENABLE TRIGGER evaluation_results_immutable;
DROP TABLE evaluator_versions;
DROP TABLE evaluators;
