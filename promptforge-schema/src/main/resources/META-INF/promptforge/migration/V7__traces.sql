-- A trace is a request to an application; its spans are the steps, which form a tree.
--
-- Records of traces and spans arrive late, repeatedly and in any order. References to rows that may arrive later, the parent
-- span and the parent trace, are therefore not foreign keys; all other references are.

CREATE TABLE traces (
    organization_id   uuid            NOT NULL,
    id                uuid            NOT NULL,
    project_id        uuid            NOT NULL,
    parent_trace_id   uuid,
    external_id       text,
    name              text            NOT NULL,
    status            text            NOT NULL,
    started_at        timestamptz     NOT NULL,
    ended_at          timestamptz,
    duration_us       bigint          GENERATED ALWAYS AS ((extract(epoch FROM ended_at - started_at) * 1000000)::bigint) STORED,
    environment       text,
    session_id        text,
    end_user_id       text,
    prompt_version_id uuid,
    model_id          uuid,
    provider_name     text,
    model_name        text,
    retry_count       integer         NOT NULL DEFAULT 0,
    error_type        text,
    error_message     text,
    input             jsonb,
    output            jsonb,
    metadata          jsonb           NOT NULL DEFAULT '{}',
    tags              text[]          NOT NULL DEFAULT '{}',
    reported_input_tokens  bigint,
    reported_output_tokens bigint,
    reported_cost     numeric,
    span_count        integer         NOT NULL DEFAULT 0,
    input_tokens      bigint          NOT NULL DEFAULT 0,
    output_tokens     bigint          NOT NULL DEFAULT 0,
    total_tokens      bigint          NOT NULL GENERATED ALWAYS AS (input_tokens + output_tokens) STORED,
    cost              numeric         NOT NULL DEFAULT 0,
    unpriced_calls    integer         NOT NULL DEFAULT 0,
    unpriced_tokens   bigint          NOT NULL DEFAULT 0,
    revision          integer         NOT NULL DEFAULT 0,
    provisional       text[],
    derived           text[],
    edited            text[],
    fingerprint       uuid            NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    redacted_at       timestamptz,
    redacted_by       uuid,
    redaction_note    text,
    created_at        timestamptz     NOT NULL DEFAULT now(),
    updated_at        timestamptz     NOT NULL DEFAULT now(),
    occurred_at       timestamptz     NOT NULL
        GENERATED ALWAYS AS (CASE WHEN started_at - created_at > interval '1 day' THEN created_at ELSE started_at END) STORED,

    CONSTRAINT traces_organization_id_fkey   FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT traces_project_id_fkey        FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT traces_prompt_version_id_fkey FOREIGN KEY (organization_id, prompt_version_id) REFERENCES prompt_versions (organization_id, id),
    CONSTRAINT traces_model_id_fkey          FOREIGN KEY (organization_id, model_id) REFERENCES ai_models (organization_id, id),
    CONSTRAINT traces_external_id_length     CHECK (external_id ~ '\S' AND char_length(external_id) <= 200),
    CONSTRAINT traces_name_length            CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT traces_status_values          CHECK (status IN ('running', 'success', 'error', 'timeout')),
    CONSTRAINT traces_ended_at_order         CHECK (ended_at >= started_at),
    CONSTRAINT traces_ended_at_status        CHECK (status <> 'running' OR ended_at IS NULL),
    CONSTRAINT traces_environment_length     CHECK (environment ~ '\S' AND char_length(environment) <= 100),
    CONSTRAINT traces_session_id_length      CHECK (session_id ~ '\S' AND char_length(session_id) <= 200),
    CONSTRAINT traces_end_user_id_length     CHECK (end_user_id ~ '\S' AND char_length(end_user_id) <= 200),
    CONSTRAINT traces_provider_name_length   CHECK (provider_name ~ '\S' AND char_length(provider_name) <= 200),
    CONSTRAINT traces_model_name_length      CHECK (model_name ~ '\S' AND char_length(model_name) <= 200),
    CONSTRAINT traces_retry_count_range      CHECK (retry_count >= 0),
    CONSTRAINT traces_error_type_length      CHECK (char_length(error_type) <= 200),
    CONSTRAINT traces_error_message_length   CHECK (char_length(error_message) <= 10000),
    CONSTRAINT traces_input_size             CHECK (pg_column_size(input) <= 16777216),
    CONSTRAINT traces_output_size            CHECK (pg_column_size(output) <= 16777216),
    CONSTRAINT traces_metadata_document      CHECK (jsonb_typeof(metadata) = 'object' AND pg_column_size(metadata) <= 262144),
    CONSTRAINT traces_tags_length            CHECK (array_position(tags, NULL) IS NULL AND pg_column_size(tags) <= 4096),
    CONSTRAINT traces_reported_input_tokens_range  CHECK (reported_input_tokens >= 0),
    CONSTRAINT traces_reported_output_tokens_range CHECK (reported_output_tokens >= 0),
    CONSTRAINT traces_reported_cost_range    CHECK (reported_cost >= 0 AND reported_cost < 'Infinity'),
    CONSTRAINT traces_span_count_range       CHECK (span_count >= 0),
    CONSTRAINT traces_input_tokens_range     CHECK (input_tokens >= 0),
    CONSTRAINT traces_output_tokens_range    CHECK (output_tokens >= 0),
    CONSTRAINT traces_cost_range             CHECK (cost >= 0 AND cost < 'Infinity'),
    CONSTRAINT traces_unpriced_calls_range   CHECK (unpriced_calls >= 0),
    CONSTRAINT traces_unpriced_tokens_range  CHECK (unpriced_tokens >= 0),
    CONSTRAINT traces_revision_range         CHECK (revision >= 0),
    CONSTRAINT traces_redaction_note_length  CHECK (redaction_note ~ '\S' AND char_length(redaction_note) <= 1000),
    CONSTRAINT traces_provisional_length     CHECK (array_position(provisional, NULL) IS NULL AND pg_column_size(provisional) <= 4096),
    CONSTRAINT traces_derived_length         CHECK (array_position(derived, NULL) IS NULL AND pg_column_size(derived) <= 4096),
    CONSTRAINT traces_edited_length          CHECK (array_position(edited, NULL) IS NULL AND pg_column_size(edited) <= 4096)
);

-- The lists in each order, of an organization and of a project; parent_trace_id comes last for the filter of roots …
CREATE INDEX traces_occurred_at_idx         ON traces (organization_id, occurred_at, id, parent_trace_id);
CREATE INDEX traces_duration_idx           ON traces (organization_id, duration_us, id) WHERE duration_us IS NOT NULL;
CREATE INDEX traces_tokens_idx             ON traces (organization_id, total_tokens, id);
CREATE INDEX traces_cost_idx               ON traces (organization_id, cost, id);
CREATE INDEX traces_project_occurred_at_idx ON traces (organization_id, project_id, occurred_at, id, parent_trace_id);
CREATE INDEX traces_project_duration_idx   ON traces (organization_id, project_id, duration_us, id) WHERE duration_us IS NOT NULL;
CREATE INDEX traces_project_tokens_idx     ON traces (organization_id, project_id, total_tokens, id);
CREATE INDEX traces_project_cost_idx       ON traces (organization_id, project_id, cost, id);
-- … by the selective filters …
CREATE INDEX traces_failed_idx             ON traces (organization_id, project_id, occurred_at, id) WHERE status IN ('error', 'timeout');
CREATE INDEX traces_session_id_idx         ON traces (organization_id, session_id, occurred_at, id) WHERE session_id IS NOT NULL;
CREATE INDEX traces_end_user_id_idx        ON traces (organization_id, end_user_id, occurred_at, id) WHERE end_user_id IS NOT NULL;
CREATE INDEX traces_external_id_idx        ON traces (organization_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX traces_parent_trace_id_idx    ON traces (organization_id, parent_trace_id, occurred_at, id) WHERE parent_trace_id IS NOT NULL;
CREATE INDEX traces_prompt_version_id_idx  ON traces (organization_id, prompt_version_id, occurred_at, id) WHERE prompt_version_id IS NOT NULL;
CREATE INDEX traces_model_id_idx           ON traces (organization_id, model_id, occurred_at, id) WHERE model_id IS NOT NULL;
CREATE INDEX traces_unpriced_idx           ON traces (organization_id, project_id, occurred_at, id) WHERE unpriced_calls > 0;
CREATE INDEX traces_tagged_idx             ON traces (organization_id, project_id, occurred_at, id) WHERE tags <> '{}';
-- … and by names, of which there are few: the next name, and whether a project used it in a period, are sought without reading its rows.
CREATE INDEX traces_provider_name_idx      ON traces (organization_id, provider_name, project_id, occurred_at, id) WHERE provider_name IS NOT NULL;
CREATE INDEX traces_model_name_idx         ON traces (organization_id, model_name, project_id, occurred_at, id) WHERE model_name IS NOT NULL;
CREATE INDEX traces_environment_idx        ON traces (organization_id, environment, project_id, occurred_at, id) WHERE environment IS NOT NULL;
CREATE INDEX traces_error_type_idx         ON traces (organization_id, error_type, project_id, occurred_at, id) WHERE error_type IS NOT NULL;
ALTER TABLE traces ADD CONSTRAINT traces_pkey PRIMARY KEY (organization_id, id);

-- A project belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS traces_project_id_dependencies (dependencies) ON organization_id, project_id FROM traces;

CREATE TRIGGER traces_updated_at BEFORE UPDATE ON traces
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER traces_organization_id_fixed BEFORE UPDATE OF organization_id ON traces
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a trace never moves to another organization');

SELECT isolate_tenants('traces');

COMMENT ON TABLE  traces                   IS 'A request to an application, with the totals of its spans.';
COMMENT ON COLUMN traces.organization_id   IS 'The tenant.';
COMMENT ON COLUMN traces.id                IS 'The OpenTelemetry trace id (16 bytes) as a UUID, or a UUIDv7.';
COMMENT ON COLUMN traces.project_id        IS 'The project it belongs to.';
COMMENT ON COLUMN traces.parent_trace_id   IS 'The trace that caused this one. Not a foreign key: the trace may arrive later, or be deleted.';
COMMENT ON COLUMN traces.external_id       IS 'The application''s id of the request, at most 200 characters.';
COMMENT ON COLUMN traces.name              IS 'The name of the operation, 1 to 200 characters.';
COMMENT ON COLUMN traces.status            IS 'running, success, error or timeout.';
COMMENT ON COLUMN traces.started_at        IS 'When it began.';
COMMENT ON COLUMN traces.ended_at          IS 'When it ended; null while it runs.';
COMMENT ON COLUMN traces.duration_us       IS 'ended_at - started_at in microseconds; null while it runs.';
COMMENT ON COLUMN traces.environment       IS 'The environment (production, staging): deployment.environment.name, at most 100 characters.';
COMMENT ON COLUMN traces.session_id        IS 'The conversation: session.id or gen_ai.conversation.id, at most 200 characters.';
COMMENT ON COLUMN traces.end_user_id       IS 'The user of the application, not of PromptForge: user.id, at most 200 characters.';
COMMENT ON COLUMN traces.prompt_version_id IS 'The prompt version that was served.';
COMMENT ON COLUMN traces.model_id          IS 'The model, if the organization has registered it.';
COMMENT ON COLUMN traces.provider_name     IS 'The provider as reported: gen_ai.provider.name.';
COMMENT ON COLUMN traces.model_name        IS 'The model as reported: gen_ai.response.model, else gen_ai.request.model.';
COMMENT ON COLUMN traces.retry_count       IS 'Number of retries of the request.';
COMMENT ON COLUMN traces.error_type        IS 'The class of the error: error.type, at most 200 characters.';
COMMENT ON COLUMN traces.error_message     IS 'The error message, at most 10,000 characters.';
COMMENT ON COLUMN traces.input             IS 'The input: any JSON value, at most 16 MiB.';
COMMENT ON COLUMN traces.output            IS 'The output: any JSON value, at most 16 MiB.';
COMMENT ON COLUMN traces.metadata          IS 'JSON object of other data, such as resource attributes, at most 256 KiB.';
COMMENT ON COLUMN traces.tags              IS 'Short labels, sorted and without repetition, at most 4 KiB together.';
COMMENT ON COLUMN traces.reported_input_tokens IS 'Input tokens that a record of the trace itself reported; the total where no span reports any.';
COMMENT ON COLUMN traces.reported_output_tokens IS 'Output tokens that a record of the trace itself reported; the total where no span reports any.';
COMMENT ON COLUMN traces.reported_cost     IS 'Cost in US dollars that a record of the trace itself reported; the total where no span has one.';
COMMENT ON COLUMN traces.span_count        IS 'Number of stored spans.';
COMMENT ON COLUMN traces.input_tokens      IS 'Input tokens, including cached ones: the sum over the spans of which no descendant reports any.';
COMMENT ON COLUMN traces.output_tokens     IS 'Output tokens, including reasoning: the sum over the spans of which no descendant reports any.';
COMMENT ON COLUMN traces.total_tokens      IS 'input_tokens + output_tokens.';
COMMENT ON COLUMN traces.cost              IS 'Cost in US dollars: the sum over the spans of which no descendant has one.';
COMMENT ON COLUMN traces.unpriced_calls    IS 'Number of calls of models whose cost is unknown, so that the cost of the trace is greater: calls that used something or succeeded, without a cost of their own, of a call inside them or of a span around them.';
COMMENT ON COLUMN traces.unpriced_tokens   IS 'Input and output tokens of these calls.';
COMMENT ON COLUMN traces.revision          IS 'The greatest revision of its records; those of smaller ones no longer count.';
COMMENT ON COLUMN traces.provisional       IS 'Columns that a record of the ended trace replaces: their values were reported while the trace ran. Null for none.';
COMMENT ON COLUMN traces.derived           IS 'Columns whose values no record of the trace itself reports: they come from the spans, the prompt version from the metadata. Null for none.';
COMMENT ON COLUMN traces.edited            IS 'Columns that a person has set, which records no longer change. Null for none.';
COMMENT ON COLUMN traces.fingerprint       IS 'Hash of the reported values, by which a record that is stored already is recognised without reading it.';
COMMENT ON COLUMN traces.redacted_at       IS 'When its payloads and those of all its spans were last removed for good; null if never.';
COMMENT ON COLUMN traces.redacted_by       IS 'The user who removed them; null when a service did. Not a foreign key: the record outlives the user.';
COMMENT ON COLUMN traces.redaction_note    IS 'What replaces the input and output of the trace and its spans, later ones too, 1 to 1,000 characters; null if it was never redacted.';
COMMENT ON COLUMN traces.created_at        IS 'When the row was written.';
COMMENT ON COLUMN traces.updated_at        IS 'When the row was last changed; set by the database.';
COMMENT ON COLUMN traces.occurred_at       IS 'The time by which traces are listed, filtered and kept: started_at, but created_at where started_at is more than a day later, because then its clock is wrong.';

-- Results and violations outlive their trace: a transaction that deletes a trace first sets these references to null.
-- traces comes after these two tables, so that deleting a project deletes evaluations and violations before traces: cascades
-- run in the order in which the foreign keys were made.
ALTER TABLE evaluation_results ADD CONSTRAINT evaluation_results_trace_id_fkey
    FOREIGN KEY (organization_id, trace_id) REFERENCES traces (organization_id, id);
ALTER TABLE policy_violations ADD CONSTRAINT policy_violations_trace_id_fkey
    FOREIGN KEY (organization_id, trace_id) REFERENCES traces (organization_id, id);


CREATE TABLE spans (
    organization_id             uuid             NOT NULL,
    trace_id                    uuid             NOT NULL,
    id                          uuid             NOT NULL,
    started_at                  timestamptz      NOT NULL,
    ended_at                    timestamptz,
    duration_us                 bigint           GENERATED ALWAYS AS ((extract(epoch FROM ended_at - started_at) * 1000000)::bigint) STORED,
    parent_id                   uuid,
    parent_remote               boolean,
    name                        text             NOT NULL,
    kind                        text             NOT NULL,
    status                      text             NOT NULL,
    operation_name              text,
    provider_name               text,
    request_model               text,
    response_model              text,
    response_id                 text,
    model_id                    uuid,
    model_reported              boolean          NOT NULL DEFAULT false,
    finish_reasons              text[],
    temperature                 double precision,
    max_tokens                  integer,
    time_to_first_token_us      bigint,
    input_tokens                bigint,
    output_tokens               bigint,
    cached_input_tokens         bigint,
    cache_creation_input_tokens bigint,
    reasoning_output_tokens     bigint,
    usage                       jsonb,
    service_tier                text,
    cost                        numeric,
    price_id                    uuid,
    cost_reported               boolean          NOT NULL DEFAULT false,
    error_type                  text,
    error_message               text,
    input                       jsonb,
    output                      jsonb,
    attributes                  jsonb            NOT NULL DEFAULT '{}',
    events                      jsonb            NOT NULL DEFAULT '[]',
    revision                    integer          NOT NULL DEFAULT 0,
    provisional                 text[],
    fingerprint                 uuid             NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    redacted_at                 timestamptz,
    redacted_by                 uuid,
    redaction_note              text,
    created_at                  timestamptz      NOT NULL DEFAULT now(),
    updated_at                  timestamptz      NOT NULL DEFAULT now(),

    CONSTRAINT spans_pkey                              PRIMARY KEY (organization_id, trace_id, id, started_at),
    CONSTRAINT spans_organization_id_fkey              FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT spans_trace_id_fkey                     FOREIGN KEY (organization_id, trace_id) REFERENCES traces (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT spans_model_id_fkey                     FOREIGN KEY (organization_id, model_id) REFERENCES ai_models (organization_id, id),
    CONSTRAINT spans_ended_at_order                    CHECK (ended_at >= started_at),
    CONSTRAINT spans_ended_at_status                   CHECK (status <> 'running' OR ended_at IS NULL),
    CONSTRAINT spans_parent_id_other                   CHECK (parent_id <> id),
    CONSTRAINT spans_name_length                       CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT spans_kind_values                       CHECK (kind IN ('llm', 'retrieval', 'tool', 'chain', 'agent', 'embedding', 'guardrail', 'other')),
    CONSTRAINT spans_status_values                     CHECK (status IN ('running', 'success', 'error', 'timeout')),
    CONSTRAINT spans_operation_name_length             CHECK (char_length(operation_name) <= 100),
    CONSTRAINT spans_provider_name_length              CHECK (char_length(provider_name) <= 200),
    CONSTRAINT spans_request_model_length              CHECK (char_length(request_model) <= 200),
    CONSTRAINT spans_response_model_length             CHECK (char_length(response_model) <= 200),
    CONSTRAINT spans_response_id_length                CHECK (char_length(response_id) <= 200),
    CONSTRAINT spans_finish_reasons_length             CHECK (array_position(finish_reasons, NULL) IS NULL AND pg_column_size(finish_reasons) <= 4096),
    CONSTRAINT spans_temperature_range                 CHECK (temperature >= 0 AND temperature <= 100),
    CONSTRAINT spans_max_tokens_range                  CHECK (max_tokens >= 0),
    CONSTRAINT spans_time_to_first_token_us_range      CHECK (time_to_first_token_us >= 0),
    CONSTRAINT spans_input_tokens_range                CHECK (input_tokens >= 0),
    CONSTRAINT spans_output_tokens_range               CHECK (output_tokens >= 0),
    CONSTRAINT spans_cached_input_tokens_range         CHECK (cached_input_tokens BETWEEN 0 AND input_tokens),
    CONSTRAINT spans_cache_creation_input_tokens_range CHECK (cache_creation_input_tokens BETWEEN 0 AND input_tokens),
    CONSTRAINT spans_reasoning_output_tokens_range     CHECK (reasoning_output_tokens BETWEEN 0 AND output_tokens),
    CONSTRAINT spans_usage_document                    CHECK (jsonb_typeof(usage) = 'object' AND pg_column_size(usage) <= 8192),
    CONSTRAINT spans_usage_range                       CHECK (NOT jsonb_path_exists(usage, '$.* ? (@.type() != "number" || @ < 0)')),
    CONSTRAINT spans_service_tier_length               CHECK (char_length(service_tier) <= 100),
    CONSTRAINT spans_cost_range                        CHECK (cost >= 0 AND cost < 'Infinity'),
    CONSTRAINT spans_error_type_length                 CHECK (char_length(error_type) <= 200),
    CONSTRAINT spans_error_message_length              CHECK (char_length(error_message) <= 10000),
    CONSTRAINT spans_input_size                        CHECK (pg_column_size(input) <= 16777216),
    CONSTRAINT spans_output_size                       CHECK (pg_column_size(output) <= 16777216),
    CONSTRAINT spans_attributes_document               CHECK (jsonb_typeof(attributes) = 'object' AND pg_column_size(attributes) <= 4194304),
    CONSTRAINT spans_events_document                   CHECK (jsonb_typeof(events) = 'array' AND pg_column_size(events) <= 4194304),
    CONSTRAINT spans_revision_range                    CHECK (revision >= 0),
    CONSTRAINT spans_redaction_note_length             CHECK (redaction_note ~ '\S' AND char_length(redaction_note) <= 1000),
    CONSTRAINT spans_provisional_length                CHECK (array_position(provisional, NULL) IS NULL AND pg_column_size(provisional) <= 4096)
) PARTITION BY RANGE (started_at);

CREATE INDEX spans_model_id_idx ON spans (organization_id, model_id, started_at) WHERE model_id IS NOT NULL;

CREATE TRIGGER spans_updated_at BEFORE UPDATE ON spans
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER spans_organization_id_fixed BEFORE UPDATE OF organization_id ON spans
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a span never moves to another organization');

COMMENT ON TABLE  spans                             IS 'A step of a trace. Partitioned by the month of started_at (UTC).';
COMMENT ON COLUMN spans.organization_id             IS 'The tenant.';
COMMENT ON COLUMN spans.trace_id                    IS 'The trace.';
COMMENT ON COLUMN spans.id                          IS 'The OpenTelemetry span id (8 bytes) as a UUID whose upper half is zero, or any UUID; unique in its trace.';
COMMENT ON COLUMN spans.started_at                  IS 'When it began; determines the partition.';
COMMENT ON COLUMN spans.ended_at                    IS 'When it ended; null while it runs.';
COMMENT ON COLUMN spans.duration_us                 IS 'ended_at - started_at in microseconds; null while it runs.';
COMMENT ON COLUMN spans.parent_id                   IS 'The calling span, of the same trace; null for a root. Not a foreign key: the span may arrive later.';
COMMENT ON COLUMN spans.parent_remote               IS 'Whether the parent belongs to another process; null when unknown.';
COMMENT ON COLUMN spans.name                        IS 'The name of the operation, 1 to 200 characters.';
COMMENT ON COLUMN spans.kind                        IS 'llm, retrieval, tool, chain, agent, embedding, guardrail or other.';
COMMENT ON COLUMN spans.status                      IS 'running, success, error or timeout.';
COMMENT ON COLUMN spans.operation_name              IS 'gen_ai.operation.name (chat, embeddings, execute_tool …), at most 100 characters.';
COMMENT ON COLUMN spans.provider_name               IS 'gen_ai.provider.name, at most 200 characters.';
COMMENT ON COLUMN spans.request_model               IS 'gen_ai.request.model, at most 200 characters.';
COMMENT ON COLUMN spans.response_model              IS 'gen_ai.response.model, at most 200 characters.';
COMMENT ON COLUMN spans.response_id                 IS 'gen_ai.response.id, at most 200 characters.';
COMMENT ON COLUMN spans.model_id                    IS 'The model, if the organization has registered it.';
COMMENT ON COLUMN spans.model_reported              IS 'Whether the sender reported model_id; otherwise it was found by the name of the model, or is null.';
COMMENT ON COLUMN spans.finish_reasons              IS 'gen_ai.response.finish_reasons, one per choice.';
COMMENT ON COLUMN spans.temperature                 IS 'gen_ai.request.temperature.';
COMMENT ON COLUMN spans.max_tokens                  IS 'gen_ai.request.max_tokens.';
COMMENT ON COLUMN spans.time_to_first_token_us      IS 'gen_ai.response.time_to_first_chunk, in microseconds.';
COMMENT ON COLUMN spans.input_tokens                IS 'gen_ai.usage.input_tokens: input tokens, including cached ones.';
COMMENT ON COLUMN spans.output_tokens               IS 'gen_ai.usage.output_tokens: output tokens, including reasoning.';
COMMENT ON COLUMN spans.cached_input_tokens         IS 'gen_ai.usage.cache_read.input_tokens: the part of input_tokens read from the provider''s cache.';
COMMENT ON COLUMN spans.cache_creation_input_tokens IS 'gen_ai.usage.cache_creation.input_tokens: the part of input_tokens written to the provider''s cache.';
COMMENT ON COLUMN spans.reasoning_output_tokens     IS 'gen_ai.usage.reasoning.output_tokens: the part of output_tokens spent on reasoning.';
COMMENT ON COLUMN spans.usage                       IS 'JSON object of further counts that are charged for, by unit: audio_input_tokens, output_images, searches …, at most 8 KiB. Null for none.';
COMMENT ON COLUMN spans.service_tier                IS 'The service tier of the request as reported, at most 100 characters: batch, flex and priority have prices of their own.';
COMMENT ON COLUMN spans.cost                        IS 'Cost in US dollars, exact; null when unknown.';
COMMENT ON COLUMN spans.price_id                    IS 'The price list by which the cost was calculated; null when it was reported or is unknown. Not a foreign key, which would slow down every insert: a list is deleted only with its model.';
COMMENT ON COLUMN spans.cost_reported               IS 'Whether the sender reported the cost; otherwise it was calculated from tokens and prices, or is null.';
COMMENT ON COLUMN spans.error_type                  IS 'error.type, at most 200 characters.';
COMMENT ON COLUMN spans.error_message               IS 'The error message, at most 10,000 characters.';
COMMENT ON COLUMN spans.input                       IS 'The input (gen_ai.input.messages, tool arguments, a query): any JSON value, at most 16 MiB.';
COMMENT ON COLUMN spans.output                      IS 'The output (gen_ai.output.messages, the result of a tool, documents): any JSON value, at most 16 MiB.';
COMMENT ON COLUMN spans.attributes                  IS 'JSON object of all other attributes, at most 4 MiB.';
COMMENT ON COLUMN spans.events                      IS 'JSON array of the span''s events, at most 4 MiB.';
COMMENT ON COLUMN spans.revision                    IS 'The greatest revision of its records; those of smaller ones no longer count.';
COMMENT ON COLUMN spans.provisional                 IS 'Columns that a record of the ended span replaces: their values were reported while the span ran. Null for none.';
COMMENT ON COLUMN spans.fingerprint                 IS 'Hash of the reported values, by which a record that is stored already is recognised without reading it.';
COMMENT ON COLUMN spans.redacted_at                 IS 'When its payload was last removed for good, other than with its trace; null if never.';
COMMENT ON COLUMN spans.redacted_by                 IS 'The user who removed it; null when a service did. Not a foreign key: the record outlives the user.';
COMMENT ON COLUMN spans.redaction_note              IS 'What replaces its input and output, 1 to 1,000 characters; null if it was never redacted other than with its trace.';
COMMENT ON COLUMN spans.created_at                  IS 'When the row was written.';
COMMENT ON COLUMN spans.updated_at                  IS 'When the row was last changed; set by the database.';


-- Rows of months without a partition land here; a row here means that partitions were not made in time.
CREATE TABLE spans_default PARTITION OF spans DEFAULT;
SELECT isolate_tenants('spans_default');
SELECT isolate_tenants('spans');

-- SECURITY DEFINER, because only the owner of spans may attach a partition, while the role that writes spans must be able
-- to add a month. What a caller can make it do is bounded: the partitions of 146 months.
-- lock_timeout is first that of the advisory lock, where concurrent calls wait for each other.
CREATE FUNCTION create_span_partitions(first_month date, months integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout TO '1min' AS
$$
DECLARE
    this_month     timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    first_start    timestamp := date_trunc('month', first_month::timestamp);
    start_of_month timestamp;
    partition_name text;
    stored_columns text;
    created        integer := 0;
BEGIN
    -- One shard after the other: the connections of one call to the workers of Citus would wait for each other's locks.
    SET LOCAL citus.multi_shard_modify_mode TO 'sequential';
    FOR start_of_month IN SELECT generate_series(
        greatest(first_start, this_month - interval '10 years'),
        least(first_start + make_interval(months => months - 1), this_month + interval '2 years'),
        interval '1 month')
    LOOP
        partition_name := to_char(start_of_month, '"spans_y"YYYY"m"MM');
        CONTINUE WHEN to_regclass(format('%I.%I', current_schema(), partition_name)) IS NOT NULL;

        PERFORM pg_advisory_xact_lock(hashtextextended(format('%I.create_span_partitions', current_schema()), 0));
        -- Readers and writers of spans queue behind these locks. Shorter than deadlock_timeout, so that in a deadlock it is
        -- this transaction that gives up.
        SET LOCAL lock_timeout TO '500ms';
        -- Everything that ATTACH locks, in the order in which writers of traces lock it.
        LOCK TABLE organizations, ai_models, traces IN SHARE ROW EXCLUSIVE MODE;
        LOCK TABLE ONLY spans IN SHARE UPDATE EXCLUSIVE MODE;
        LOCK TABLE spans_default IN ACCESS EXCLUSIVE MODE;
        -- A concurrent call may have made it meanwhile.
        CONTINUE WHEN to_regclass(format('%I.%I', current_schema(), partition_name)) IS NOT NULL;

        -- ATTACH adds the indexes, the foreign keys and the triggers.
        EXECUTE format('CREATE TABLE %I (LIKE spans INCLUDING ALL EXCLUDING COMMENTS EXCLUDING INDEXES EXCLUDING STATISTICS)', partition_name);
        PERFORM isolate_tenants(partition_name::regclass);
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO stored_columns
        FROM pg_attribute WHERE attrelid = 'spans'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('WITH strays AS (DELETE FROM spans_default WHERE started_at >= %1$L AND started_at < %2$L RETURNING %3$s) '
            'INSERT INTO %4$I (%3$s) SELECT %3$s FROM strays',
            start_of_month AT TIME ZONE 'UTC', (start_of_month + interval '1 month') AT TIME ZONE 'UTC', stored_columns, partition_name);
        EXECUTE format('ALTER TABLE spans ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition_name, start_of_month AT TIME ZONE 'UTC', (start_of_month + interval '1 month') AT TIME ZONE 'UTC');
        created := created + 1;
    END LOOP;
    RETURN created;
END
$$;
COMMENT ON FUNCTION create_span_partitions(date, integer) IS
    'Creates the missing monthly partitions of spans, from the month of first_month on, and moves the rows of those months out of the default partition; returns the number of new partitions. Months more than 10 years ago or 2 years ahead are skipped: they come from a wrong clock. Call it before the transaction writes; it fails with 55P03 when a table stays locked for half a second.';

-- A role that is granted INSERT on spans later needs GRANT EXECUTE as well; without it, its spans of a missing month stay in
-- spans_default until maintenance moves them.
SELECT share_with_services('create_span_partitions(date, integer)', 'spans');

-- The partitions of last month, for late spans, of this month and of the next three.
SELECT create_span_partitions((date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month')::date, 5);

CREATE FUNCTION spans_without_partition() RETURNS TABLE (month text, spans bigint)
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    RETURN QUERY
    SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM'), count(*)
    FROM spans_default
    WHERE started_at >= (date_trunc('month', now() AT TIME ZONE 'UTC') - interval '10 years') AT TIME ZONE 'UTC'
    AND started_at < (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '4 months') AT TIME ZONE 'UTC'
    GROUP BY 1;
END
$$;
COMMENT ON FUNCTION spans_without_partition() IS
    'The number of spans of all organizations in the default partition, by month, for the maintenance; without the months that only a wrong clock names.';
SELECT share_with_services('spans_without_partition()', 'spans');
