-- An evaluation runs tests against a prompt or a model, with one result for each test, variant and repetition. A result can also
-- stand alone, as the judgement of a trace.

CREATE TABLE evaluations (
    organization_id   uuid          NOT NULL,
    id                uuid          NOT NULL,
    project_id        uuid          NOT NULL,
    name              text          NOT NULL,
    description       text,
    type              text          NOT NULL,
    status            text          NOT NULL DEFAULT 'pending',
    configuration     jsonb         NOT NULL DEFAULT '{}',
    scales            jsonb         NOT NULL DEFAULT '{}',
    dataset_id        text,
    prompt_id         uuid,
    prompt_version_id uuid,
    model_id          uuid,
    total_tests       integer       NOT NULL DEFAULT 0,
    passed_tests      integer       NOT NULL DEFAULT 0,
    failed_tests      integer       NOT NULL DEFAULT 0,
    error_tests       integer       NOT NULL DEFAULT 0,
    scored_tests      integer       NOT NULL DEFAULT 0,
    score_sum         numeric(26, 6) NOT NULL DEFAULT 0,
    average_score     numeric(16, 6) GENERATED ALWAYS AS (score_sum / NULLIF(scored_tests, 0)) STORED,
    error_message     text,
    started_at        timestamptz,
    finished_at       timestamptz,
    clock_skew_us     bigint,
    earlier_ends      jsonb         NOT NULL DEFAULT '[]',
    created_by        uuid,
    created_at        timestamptz   NOT NULL DEFAULT now(),
    updated_at        timestamptz   NOT NULL DEFAULT now(),

    CONSTRAINT evaluations_organization_id_fkey     FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT evaluations_project_id_fkey          FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT evaluations_prompt_id_fkey           FOREIGN KEY (organization_id, prompt_id) REFERENCES prompts (organization_id, id),
    CONSTRAINT evaluations_prompt_version_id_fkey   FOREIGN KEY (organization_id, prompt_id, prompt_version_id) REFERENCES prompt_versions (organization_id, prompt_id, id),
    CONSTRAINT evaluations_model_id_fkey            FOREIGN KEY (organization_id, model_id) REFERENCES ai_models (organization_id, id),
    CONSTRAINT evaluations_created_by_fkey          FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT evaluations_project_id_id_key        UNIQUE (organization_id, project_id, id),
    CONSTRAINT evaluations_name_length              CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT evaluations_description_length       CHECK (char_length(description) <= 4000),
    CONSTRAINT evaluations_type_values              CHECK (type IN ('accuracy', 'toxicity', 'bias', 'custom')),
    CONSTRAINT evaluations_status_values            CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
    CONSTRAINT evaluations_configuration_document   CHECK (jsonb_typeof(configuration) = 'object' AND pg_column_size(configuration) <= 262144),
    CONSTRAINT evaluations_scales_document          CHECK (jsonb_typeof(scales) = 'object' AND pg_column_size(scales) <= 65536),
    CONSTRAINT evaluations_dataset_id_length        CHECK (dataset_id ~ '\S' AND char_length(dataset_id) <= 200),
    CONSTRAINT evaluations_prompt_version_id_prompt CHECK (prompt_version_id IS NULL OR prompt_id IS NOT NULL),
    CONSTRAINT evaluations_total_tests_sum          CHECK (passed_tests >= 0 AND failed_tests >= 0 AND error_tests >= 0 AND total_tests = passed_tests + failed_tests + error_tests),
    CONSTRAINT evaluations_scored_tests_range       CHECK (scored_tests BETWEEN 0 AND total_tests),
    CONSTRAINT evaluations_score_sum_range          CHECK (abs(score_sum) <= scored_tests * 1000000000.0),
    CONSTRAINT evaluations_error_message_length     CHECK (char_length(error_message) <= 10000),
    CONSTRAINT evaluations_started_at_status        CHECK (CASE status WHEN 'pending' THEN started_at IS NULL WHEN 'cancelled' THEN true ELSE started_at IS NOT NULL END),
    CONSTRAINT evaluations_finished_at_status       CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
    CONSTRAINT evaluations_finished_at_order        CHECK (finished_at >= started_at),
    CONSTRAINT evaluations_clock_skew_us_range      CHECK (clock_skew_us > 0),
    CONSTRAINT evaluations_earlier_ends_document    CHECK (jsonb_typeof(earlier_ends) = 'array' AND pg_column_size(earlier_ends) <= 1048576)
);

CREATE INDEX evaluations_created_at_idx              ON evaluations (organization_id, project_id, created_at, id);
CREATE INDEX evaluations_organization_created_at_idx ON evaluations (organization_id, created_at, id);
CREATE INDEX evaluations_prompt_id_idx               ON evaluations (organization_id, prompt_id, prompt_version_id) WHERE prompt_id IS NOT NULL;
CREATE INDEX evaluations_model_id_idx                ON evaluations (organization_id, model_id) WHERE model_id IS NOT NULL;
CREATE INDEX evaluations_created_by_idx              ON evaluations (organization_id, created_by) WHERE created_by IS NOT NULL;
ALTER TABLE evaluations ADD CONSTRAINT evaluations_pkey PRIMARY KEY (organization_id, id);

-- A project belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS evaluations_project_id_dependencies (dependencies) ON organization_id, project_id FROM evaluations;

-- IMMUTABLE and in UTC, since Citus takes no other functions in a CASE.
CREATE FUNCTION evaluation_end(status text, finished_at timestamptz, error_message text, resumed_at timestamptz) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_array(jsonb_build_object(
        'status',        status,
        'finished_at',   to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'error_message', error_message,
        'resumed_at',    to_char(resumed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')));
COMMENT ON FUNCTION evaluation_end(text, timestamptz, text, timestamptz) IS 'An element of evaluations.earlier_ends, in an array.';

CREATE FUNCTION check_evaluation_transition() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF (OLD.status, NEW.status) NOT IN (
        ('pending', 'running'),
        ('pending', 'cancelled'),
        ('running', 'completed'),
        ('running', 'failed'),
        ('running', 'cancelled'),
        ('completed', 'running'),
        ('failed', 'running'),
        ('cancelled', 'running')
    ) THEN
        RAISE EXCEPTION 'the evaluation % cannot go from % to %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, HINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_evaluation_transition() IS 'Trigger: accepts pending -> running -> completed or failed, cancelled from pending and running, and running again from each end.';

CREATE TRIGGER evaluations_updated_at BEFORE UPDATE ON evaluations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER evaluations_organization_id_fixed BEFORE UPDATE OF organization_id ON evaluations
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('an evaluation never moves to another organization');
CREATE TRIGGER evaluations_status_transition BEFORE UPDATE OF status ON evaluations
    FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION check_evaluation_transition();

SELECT isolate_tenants('evaluations');

COMMENT ON TABLE  evaluations                   IS 'A run of tests against a prompt version or a model.';
COMMENT ON COLUMN evaluations.organization_id   IS 'The tenant.';
COMMENT ON COLUMN evaluations.id                IS 'UUIDv7.';
COMMENT ON COLUMN evaluations.project_id        IS 'The project it belongs to.';
COMMENT ON COLUMN evaluations.name              IS 'Display name, 1 to 200 characters; runs of one suite may share it.';
COMMENT ON COLUMN evaluations.description       IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN evaluations.type              IS 'The subject: accuracy, toxicity, bias or custom.';
COMMENT ON COLUMN evaluations.status            IS 'pending, running, completed, failed or cancelled; only legal transitions are accepted. An ended one can run again.';
COMMENT ON COLUMN evaluations.configuration     IS 'JSON object: evaluator, thresholds, sampling; at most 256 KiB.';
COMMENT ON COLUMN evaluations.scales            IS 'JSON object: the scale of each metric by its name, that of the main score by "score"; at most 64 KiB.';
COMMENT ON COLUMN evaluations.dataset_id        IS 'The id of the data set in another system, at most 200 characters.';
COMMENT ON COLUMN evaluations.prompt_id         IS 'The prompt under test; null when a model is tested on its own.';
COMMENT ON COLUMN evaluations.prompt_version_id IS 'The version under test, a version of prompt_id.';
COMMENT ON COLUMN evaluations.model_id          IS 'The model under test.';
COMMENT ON COLUMN evaluations.total_tests       IS 'Number of stored results.';
COMMENT ON COLUMN evaluations.passed_tests      IS 'Number of stored results that passed.';
COMMENT ON COLUMN evaluations.failed_tests      IS 'Number of stored results that did not pass.';
COMMENT ON COLUMN evaluations.error_tests       IS 'Number of stored results of tests that could not be run.';
COMMENT ON COLUMN evaluations.scored_tests      IS 'Number of stored results that have a score.';
COMMENT ON COLUMN evaluations.score_sum         IS 'Sum of the scores of the stored results.';
COMMENT ON COLUMN evaluations.average_score     IS 'Mean of the scores of the stored results; null while none has a score.';
COMMENT ON COLUMN evaluations.error_message     IS 'Why it failed or was cancelled, at most 10,000 characters.';
COMMENT ON COLUMN evaluations.started_at        IS 'When it began to run.';
COMMENT ON COLUMN evaluations.finished_at       IS 'When it was completed, failed or cancelled; not before started_at.';
COMMENT ON COLUMN evaluations.clock_skew_us     IS 'By how many microseconds the reported end was before the start, which is then stored as the end; null when it was not.';
COMMENT ON COLUMN evaluations.earlier_ends      IS 'JSON array of the ends before it was resumed, oldest first: status, finished_at, error_message, resumed_at; at most 1 MiB.';
COMMENT ON COLUMN evaluations.created_by        IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN evaluations.created_at        IS 'When the row was written.';
COMMENT ON COLUMN evaluations.updated_at        IS 'When the row was last changed; set by the database.';


CREATE TABLE evaluation_results (
    organization_id      uuid            NOT NULL,
    id                   uuid            NOT NULL,
    project_id           uuid            NOT NULL,
    evaluation_id        uuid,
    test_name            text            NOT NULL,
    variant              text            NOT NULL DEFAULT '',
    repetition           integer         NOT NULL DEFAULT 1,
    outcome              text            NOT NULL,
    input                jsonb,
    expected_output      jsonb,
    actual_output        jsonb,
    score                numeric(16, 6),
    scores               jsonb           NOT NULL DEFAULT '[]',
    latency_us           bigint,
    input_tokens         bigint,
    output_tokens        bigint,
    cost                 numeric(18, 12),
    metrics              jsonb           NOT NULL DEFAULT '{}',
    error_message        text,
    model_id             uuid,
    prompt_version_id    uuid,
    evaluator_id         uuid,
    evaluator_version_id uuid,
    trace_id             uuid,
    replaced_at          timestamptz,
    created_at           timestamptz     NOT NULL DEFAULT now(),

    CONSTRAINT evaluation_results_pkey                      PRIMARY KEY (organization_id, id),
    CONSTRAINT evaluation_results_organization_id_fkey      FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT evaluation_results_project_id_fkey           FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT evaluation_results_evaluation_id_fkey        FOREIGN KEY (organization_id, project_id, evaluation_id) REFERENCES evaluations (organization_id, project_id, id) ON DELETE CASCADE,
    CONSTRAINT evaluation_results_model_id_fkey             FOREIGN KEY (organization_id, model_id) REFERENCES ai_models (organization_id, id),
    CONSTRAINT evaluation_results_prompt_version_id_fkey    FOREIGN KEY (organization_id, prompt_version_id) REFERENCES prompt_versions (organization_id, id),
    CONSTRAINT evaluation_results_test_name_length          CHECK (test_name ~ '\S' AND char_length(test_name) <= 500),
    CONSTRAINT evaluation_results_variant_length            CHECK (char_length(variant) <= 200),
    CONSTRAINT evaluation_results_repetition_range          CHECK (repetition >= 1),
    CONSTRAINT evaluation_results_outcome_values            CHECK (outcome IN ('passed', 'failed', 'error')),
    CONSTRAINT evaluation_results_input_size                CHECK (pg_column_size(input) <= 16777216),
    CONSTRAINT evaluation_results_expected_output_size      CHECK (pg_column_size(expected_output) <= 16777216),
    CONSTRAINT evaluation_results_actual_output_size        CHECK (pg_column_size(actual_output) <= 16777216),
    CONSTRAINT evaluation_results_score_range               CHECK (score BETWEEN -1000000000 AND 1000000000),
    CONSTRAINT evaluation_results_scores_document           CHECK (jsonb_typeof(scores) = 'array' AND pg_column_size(scores) <= 262144),
    CONSTRAINT evaluation_results_latency_us_range          CHECK (latency_us >= 0),
    CONSTRAINT evaluation_results_input_tokens_range        CHECK (input_tokens >= 0),
    CONSTRAINT evaluation_results_output_tokens_range       CHECK (output_tokens >= 0),
    CONSTRAINT evaluation_results_cost_range                CHECK (cost >= 0 AND cost < 1000000),
    CONSTRAINT evaluation_results_metrics_document          CHECK (jsonb_typeof(metrics) = 'object' AND pg_column_size(metrics) <= 262144),
    CONSTRAINT evaluation_results_error_message_length      CHECK (char_length(error_message) <= 10000),
    CONSTRAINT evaluation_results_evaluator_version_id_pair CHECK ((evaluator_id IS NULL) = (evaluator_version_id IS NULL))
);

-- One result that counts for each test, variant and repetition of an evaluation, or of a trace that is judged on its own.
CREATE UNIQUE INDEX evaluation_results_test_name_key  ON evaluation_results (organization_id, evaluation_id, test_name, variant, repetition) WHERE replaced_at IS NULL AND evaluation_id IS NOT NULL;
CREATE UNIQUE INDEX evaluation_results_trace_id_key   ON evaluation_results (organization_id, trace_id, test_name, variant, repetition) WHERE replaced_at IS NULL AND evaluation_id IS NULL;

-- The lists of one evaluation by score, and of what did not pass.
CREATE INDEX evaluation_results_score_idx  ON evaluation_results (organization_id, evaluation_id, score, id) WHERE replaced_at IS NULL AND score IS NOT NULL;
CREATE INDEX evaluation_results_failed_idx ON evaluation_results (organization_id, evaluation_id, test_name, variant, repetition) WHERE replaced_at IS NULL AND outcome <> 'passed';

-- The lists over all evaluations, with and without a project. An evaluation has one project, so one index sorts by evaluation for both.
CREATE INDEX evaluation_results_evaluation_id_idx           ON evaluation_results (organization_id, project_id, evaluation_id, id);
CREATE INDEX evaluation_results_created_at_idx              ON evaluation_results (organization_id, project_id, created_at, id) WHERE replaced_at IS NULL;
CREATE INDEX evaluation_results_organization_created_at_idx ON evaluation_results (organization_id, created_at, id) WHERE replaced_at IS NULL;
CREATE INDEX evaluation_results_project_score_idx           ON evaluation_results (organization_id, project_id, score, id) WHERE replaced_at IS NULL AND score IS NOT NULL;
CREATE INDEX evaluation_results_organization_score_idx      ON evaluation_results (organization_id, score, id) WHERE replaced_at IS NULL AND score IS NOT NULL;
CREATE INDEX evaluation_results_project_evaluator_idx       ON evaluation_results (organization_id, project_id, evaluator_id, evaluator_version_id, id) WHERE replaced_at IS NULL AND evaluator_id IS NOT NULL;
CREATE INDEX evaluation_results_evaluator_version_id_idx    ON evaluation_results (organization_id, evaluator_id, evaluator_version_id, id) WHERE evaluator_id IS NOT NULL;
CREATE INDEX evaluation_results_project_trace_idx           ON evaluation_results (organization_id, project_id, trace_id, id) WHERE replaced_at IS NULL AND trace_id IS NOT NULL;
CREATE INDEX evaluation_results_trace_id_idx                ON evaluation_results (organization_id, trace_id, id) WHERE trace_id IS NOT NULL;

CREATE INDEX evaluation_results_model_id_idx          ON evaluation_results (organization_id, model_id) WHERE model_id IS NOT NULL;
CREATE INDEX evaluation_results_prompt_version_id_idx ON evaluation_results (organization_id, prompt_version_id) WHERE prompt_version_id IS NOT NULL;

-- An evaluation and a project belong to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS evaluation_results_evaluation_id_dependencies (dependencies) ON organization_id, evaluation_id FROM evaluation_results;
CREATE STATISTICS evaluation_results_project_id_dependencies (dependencies) ON organization_id, project_id FROM evaluation_results;

CREATE TRIGGER evaluation_results_immutable BEFORE UPDATE ON evaluation_results
    FOR EACH ROW WHEN (
        (NEW.trace_id IS NOT NULL AND NEW.trace_id IS DISTINCT FROM OLD.trace_id)
        OR (NEW.model_id IS NOT NULL AND NEW.model_id IS DISTINCT FROM OLD.model_id)
        OR (NEW.prompt_version_id IS NOT NULL AND NEW.prompt_version_id IS DISTINCT FROM OLD.prompt_version_id)
        OR (OLD.replaced_at IS NOT NULL AND NEW.replaced_at IS DISTINCT FROM OLD.replaced_at)
        OR NOT NEW.scores @> OLD.scores
        OR (to_jsonb(NEW) - '{trace_id,model_id,prompt_version_id,replaced_at,scores}'::text[])
            <> (to_jsonb(OLD) - '{trace_id,model_id,prompt_version_id,replaced_at,scores}'::text[]))
    EXECUTE FUNCTION refuse_change('an evaluation result never changes, except that it gets further scores, is replaced once, and loses references to what is deleted');

SELECT isolate_tenants('evaluation_results');

COMMENT ON TABLE  evaluation_results                      IS 'The result of one repetition of a test. Never changes, except that it gets further scores, is replaced once, and loses references to what is deleted.';
COMMENT ON COLUMN evaluation_results.organization_id      IS 'The tenant.';
COMMENT ON COLUMN evaluation_results.id                   IS 'UUIDv7.';
COMMENT ON COLUMN evaluation_results.project_id           IS 'The project of the evaluation, or of the trace that is judged on its own.';
COMMENT ON COLUMN evaluation_results.evaluation_id        IS 'The evaluation it belongs to; null for the judgement of one trace.';
COMMENT ON COLUMN evaluation_results.test_name            IS 'The test, 1 to 500 characters; unique in the evaluation, or for the trace, together with variant and repetition, among results that are not replaced.';
COMMENT ON COLUMN evaluation_results.variant              IS 'What the test ran with (openai:gpt-4o), at most 200 characters; empty when the evaluation has one variant.';
COMMENT ON COLUMN evaluation_results.repetition           IS '1 for the first run of the test, 2 for the second, and so on.';
COMMENT ON COLUMN evaluation_results.outcome              IS 'passed, failed, or error when the test could not be run.';
COMMENT ON COLUMN evaluation_results.input                IS 'The input: any JSON value, at most 16 MiB.';
COMMENT ON COLUMN evaluation_results.expected_output      IS 'The expected output: any JSON value, at most 16 MiB; null when the test does not compare.';
COMMENT ON COLUMN evaluation_results.actual_output        IS 'The output: any JSON value, at most 16 MiB; null when the call failed.';
COMMENT ON COLUMN evaluation_results.score                IS 'The main score, on the scale "score" of the evaluation, -1e9 to 1e9; null when the test has none.';
COMMENT ON COLUMN evaluation_results.scores               IS 'JSON array of further scores: name, value or label, comment, source, given_by; at most 256 KiB. Only grows.';
COMMENT ON COLUMN evaluation_results.latency_us           IS 'Duration of the call in microseconds.';
COMMENT ON COLUMN evaluation_results.input_tokens         IS 'Input tokens, including cached ones.';
COMMENT ON COLUMN evaluation_results.output_tokens        IS 'Output tokens, including reasoning.';
COMMENT ON COLUMN evaluation_results.cost                 IS 'Cost of the call in US dollars.';
COMMENT ON COLUMN evaluation_results.metrics              IS 'JSON object of measurements in any form, at most 256 KiB.';
COMMENT ON COLUMN evaluation_results.error_message        IS 'Why the call or the test failed, at most 10,000 characters.';
COMMENT ON COLUMN evaluation_results.model_id             IS 'The model of the variant; becomes null when the model is deleted.';
COMMENT ON COLUMN evaluation_results.prompt_version_id    IS 'The prompt version of the variant; becomes null when its prompt is deleted.';
COMMENT ON COLUMN evaluation_results.evaluator_id         IS 'The evaluator that judged; null when none is registered.';
COMMENT ON COLUMN evaluation_results.evaluator_version_id IS 'The version of the evaluator that judged.';
COMMENT ON COLUMN evaluation_results.trace_id             IS 'The trace of the call; becomes null when the trace is deleted.';
COMMENT ON COLUMN evaluation_results.replaced_at          IS 'When another result of the same test, variant and repetition took its place; null for the one that counts.';
COMMENT ON COLUMN evaluation_results.created_at           IS 'When the row was written.';
