DROP TABLE evaluation_results;
DROP TABLE evaluations;
DROP FUNCTION check_evaluation_transition();
DROP FUNCTION evaluation_end(text, timestamptz, text, timestamptz);
