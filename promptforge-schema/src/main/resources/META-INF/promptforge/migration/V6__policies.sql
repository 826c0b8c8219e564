-- A policy is a rule for the calls of a project; a violation records a call that broke it.

CREATE TABLE policies (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    project_id      uuid        NOT NULL,
    name            text        NOT NULL,
    description     text,
    type            text        NOT NULL,
    rules           jsonb       NOT NULL DEFAULT '{}',
    threshold       numeric,
    severity        text        NOT NULL,
    action          text        NOT NULL,
    active          boolean     NOT NULL DEFAULT true,
    enforced        boolean     NOT NULL DEFAULT false,
    version_number  integer     NOT NULL DEFAULT 1,
    created_by      uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT policies_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT policies_project_id_fkey      FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT policies_created_by_fkey      FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT policies_name_key             UNIQUE (organization_id, project_id, name),
    CONSTRAINT policies_project_id_id_key    UNIQUE (organization_id, project_id, id),
    CONSTRAINT policies_name_length          CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT policies_description_length   CHECK (char_length(description) <= 4000),
    CONSTRAINT policies_type_values          CHECK (type IN ('toxicity', 'pii', 'cost', 'latency', 'custom')),
    CONSTRAINT policies_rules_document       CHECK (jsonb_typeof(rules) = 'object' AND pg_column_size(rules) <= 262144),
    CONSTRAINT policies_threshold_range      CHECK (threshold > -1e15 AND threshold < 1e15 AND scale(threshold) <= 12),
    CONSTRAINT policies_severity_values      CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    CONSTRAINT policies_action_values        CHECK (action IN ('log', 'warn', 'block', 'alert')),
    CONSTRAINT policies_version_number_range CHECK (version_number >= 1)
);

CREATE INDEX policies_created_at_idx              ON policies (organization_id, project_id, created_at, id);
CREATE INDEX policies_organization_created_at_idx ON policies (organization_id, created_at, id);
CREATE INDEX policies_organization_name_idx       ON policies (organization_id, name, id);
CREATE INDEX policies_created_by_idx              ON policies (organization_id, created_by) WHERE created_by IS NOT NULL;
ALTER TABLE policies ADD CONSTRAINT policies_pkey PRIMARY KEY (organization_id, id);

-- A project belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS policies_project_id_dependencies (dependencies) ON organization_id, project_id FROM policies;

CREATE FUNCTION count_policy_version() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    NEW.version_number := OLD.version_number
        + CASE WHEN (NEW.type, NEW.rules, NEW.threshold) IS DISTINCT FROM (OLD.type, OLD.rules, OLD.threshold) THEN 1 ELSE 0 END;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION count_policy_version() IS 'Trigger: increases version_number by one with each change of type, rules or threshold, and never otherwise.';

CREATE TRIGGER policies_updated_at BEFORE UPDATE ON policies
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER policies_organization_id_fixed BEFORE UPDATE OF organization_id ON policies
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a policy never moves to another organization');
CREATE TRIGGER policies_version_number BEFORE UPDATE ON policies
    FOR EACH ROW EXECUTE FUNCTION count_policy_version();

SELECT isolate_tenants('policies');

COMMENT ON TABLE  policies                 IS 'A rule for the calls of a project.';
COMMENT ON COLUMN policies.organization_id IS 'The tenant.';
COMMENT ON COLUMN policies.id              IS 'UUIDv7.';
COMMENT ON COLUMN policies.project_id      IS 'The project that it applies to.';
COMMENT ON COLUMN policies.name            IS 'Display name, unique in the project, 1 to 200 characters.';
COMMENT ON COLUMN policies.description     IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN policies.type            IS 'The subject: toxicity, pii, cost, latency or custom.';
COMMENT ON COLUMN policies.rules           IS 'JSON object with the rule, in a form that depends on the type; at most 256 KiB.';
COMMENT ON COLUMN policies.threshold       IS 'The value at which the policy is violated, at most 12 decimals, in the unit of its type: a score of 0 to 1 (toxicity, pii), US dollars (cost), microseconds (latency), any unit (custom).';
COMMENT ON COLUMN policies.severity        IS 'The severity of its violations: low, medium, high or critical.';
COMMENT ON COLUMN policies.action          IS 'The consequence of a violation: log, warn, block or alert.';
COMMENT ON COLUMN policies.active          IS 'False: not checked.';
COMMENT ON COLUMN policies.enforced        IS 'True: the action is performed. False: violations are only recorded.';
COMMENT ON COLUMN policies.version_number  IS 'Increases by one with each change of type, rules or threshold; set by the database.';
COMMENT ON COLUMN policies.created_by      IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN policies.created_at      IS 'When the row was written.';
COMMENT ON COLUMN policies.updated_at      IS 'When the row was last changed; set by the database.';


CREATE TABLE policy_violations (
    organization_id  uuid          NOT NULL,
    id               uuid          NOT NULL,
    project_id       uuid          NOT NULL,
    policy_id        uuid          NOT NULL,
    policy_version   integer       NOT NULL,
    external_key     text,
    trace_id         uuid,
    severity         text          NOT NULL,
    violation_type   text          NOT NULL,
    detected_value   numeric,
    threshold_value  numeric,
    confidence       numeric(7, 6),
    message          text          NOT NULL,
    metadata         jsonb         NOT NULL DEFAULT '{}',
    status           text          NOT NULL DEFAULT 'open',
    detected_at      timestamptz   NOT NULL,
    acknowledged_by  uuid,
    acknowledged_at  timestamptz,
    resolved_by      uuid,
    resolved_at      timestamptz,
    resolution_notes text,
    reopened_by      uuid,
    reopened_at      timestamptz,
    created_at       timestamptz   NOT NULL DEFAULT now(),
    updated_at       timestamptz   NOT NULL DEFAULT now(),

    CONSTRAINT policy_violations_pkey                    PRIMARY KEY (organization_id, id),
    CONSTRAINT policy_violations_organization_id_fkey    FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT policy_violations_project_id_fkey         FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT policy_violations_policy_id_fkey          FOREIGN KEY (organization_id, project_id, policy_id) REFERENCES policies (organization_id, project_id, id) ON DELETE CASCADE,
    CONSTRAINT policy_violations_acknowledged_by_fkey    FOREIGN KEY (organization_id, acknowledged_by) REFERENCES users (organization_id, id),
    CONSTRAINT policy_violations_resolved_by_fkey        FOREIGN KEY (organization_id, resolved_by) REFERENCES users (organization_id, id),
    CONSTRAINT policy_violations_reopened_by_fkey        FOREIGN KEY (organization_id, reopened_by) REFERENCES users (organization_id, id),
    CONSTRAINT policy_violations_external_key_key        UNIQUE (organization_id, policy_id, external_key),
    CONSTRAINT policy_violations_external_key_length     CHECK (external_key ~ '\S' AND char_length(external_key) <= 200),
    CONSTRAINT policy_violations_policy_version_range    CHECK (policy_version >= 1),
    CONSTRAINT policy_violations_severity_values         CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    CONSTRAINT policy_violations_violation_type_length   CHECK (violation_type ~ '\S' AND char_length(violation_type) <= 100),
    CONSTRAINT policy_violations_detected_value_range    CHECK (detected_value > -1e15 AND detected_value < 1e15 AND scale(detected_value) <= 12),
    CONSTRAINT policy_violations_threshold_value_range   CHECK (threshold_value > -1e15 AND threshold_value < 1e15 AND scale(threshold_value) <= 12),
    CONSTRAINT policy_violations_confidence_range        CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT policy_violations_message_length          CHECK (message ~ '\S' AND char_length(message) <= 4000),
    CONSTRAINT policy_violations_metadata_document       CHECK (jsonb_typeof(metadata) = 'object' AND pg_column_size(metadata) <= 262144),
    CONSTRAINT policy_violations_status_values           CHECK (status IN ('open', 'acknowledged', 'resolved', 'false_positive')),
    CONSTRAINT policy_violations_acknowledged_at_actor   CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
    CONSTRAINT policy_violations_acknowledged_at_status  CHECK (CASE status WHEN 'open' THEN acknowledged_at IS NULL WHEN 'acknowledged' THEN acknowledged_at IS NOT NULL ELSE true END),
    CONSTRAINT policy_violations_resolved_at_actor       CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)),
    CONSTRAINT policy_violations_resolved_at_status      CHECK ((status IN ('resolved', 'false_positive')) = (resolved_at IS NOT NULL)),
    CONSTRAINT policy_violations_resolution_notes_length CHECK (char_length(resolution_notes) <= 4000),
    CONSTRAINT policy_violations_resolution_notes_status CHECK (resolution_notes IS NULL OR resolved_at IS NOT NULL),
    CONSTRAINT policy_violations_reopened_at_actor       CHECK ((reopened_at IS NULL) = (reopened_by IS NULL))
);

CREATE INDEX policy_violations_detected_at_idx              ON policy_violations (organization_id, project_id, detected_at, id);
CREATE INDEX policy_violations_organization_detected_at_idx ON policy_violations (organization_id, detected_at, id);
CREATE INDEX policy_violations_policy_id_idx                ON policy_violations (organization_id, project_id, policy_id, detected_at, id);
CREATE INDEX policy_violations_open_idx                     ON policy_violations (organization_id, project_id, detected_at, id) WHERE status = 'open';
CREATE INDEX policy_violations_organization_open_idx        ON policy_violations (organization_id, detected_at, id) WHERE status = 'open';
CREATE INDEX policy_violations_trace_id_idx                 ON policy_violations (organization_id, trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX policy_violations_acknowledged_by_idx          ON policy_violations (organization_id, acknowledged_by) WHERE acknowledged_by IS NOT NULL;
CREATE INDEX policy_violations_resolved_by_idx              ON policy_violations (organization_id, resolved_by) WHERE resolved_by IS NOT NULL;
CREATE INDEX policy_violations_reopened_by_idx              ON policy_violations (organization_id, reopened_by) WHERE reopened_by IS NOT NULL;

-- A project belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS policy_violations_project_id_dependencies (dependencies) ON organization_id, project_id FROM policy_violations;

CREATE FUNCTION check_policy_violation_transition() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF (OLD.status, NEW.status) NOT IN (
        ('open',           'acknowledged'),
        ('open',           'resolved'),
        ('open',           'false_positive'),
        ('acknowledged',   'resolved'),
        ('acknowledged',   'false_positive'),
        ('acknowledged',   'open'),
        ('resolved',       'open'),
        ('false_positive', 'open')
    ) THEN
        RAISE EXCEPTION 'the violation % cannot go from % to %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, HINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_policy_violation_transition() IS 'Trigger: accepts open -> acknowledged, both -> resolved or false_positive, and each of these -> open.';

CREATE TRIGGER policy_violations_updated_at BEFORE UPDATE ON policy_violations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER policy_violations_organization_id_fixed BEFORE UPDATE OF organization_id ON policy_violations
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a violation never moves to another organization');
CREATE TRIGGER policy_violations_status_transition BEFORE UPDATE OF status ON policy_violations
    FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION check_policy_violation_transition();

SELECT isolate_tenants('policy_violations');

COMMENT ON TABLE  policy_violations                  IS 'A call that violated a policy, and how users handled it.';
COMMENT ON COLUMN policy_violations.organization_id  IS 'The tenant.';
COMMENT ON COLUMN policy_violations.id               IS 'UUIDv7.';
COMMENT ON COLUMN policy_violations.project_id       IS 'The project of the policy.';
COMMENT ON COLUMN policy_violations.policy_id        IS 'The violated policy.';
COMMENT ON COLUMN policy_violations.policy_version   IS 'The version_number of the policy at that time.';
COMMENT ON COLUMN policy_violations.external_key     IS 'The key of the finding in the system that detected it, unique for the policy, 1 to 200 characters; null for none.';
COMMENT ON COLUMN policy_violations.trace_id         IS 'The trace of the call; becomes null when the trace is deleted.';
COMMENT ON COLUMN policy_violations.severity         IS 'low, medium, high or critical; that of the policy at that time, unless the detector reports another.';
COMMENT ON COLUMN policy_violations.violation_type   IS 'The kind of finding (email_address, over_budget), 1 to 100 characters.';
COMMENT ON COLUMN policy_violations.detected_value   IS 'The measured value, in the unit of policies.threshold.';
COMMENT ON COLUMN policy_violations.threshold_value  IS 'The threshold that it was compared with, in the unit of policies.threshold.';
COMMENT ON COLUMN policy_violations.confidence       IS 'The confidence of the detector, 0 (none) to 1 (certain).';
COMMENT ON COLUMN policy_violations.message          IS 'A sentence for users, 1 to 4,000 characters.';
COMMENT ON COLUMN policy_violations.metadata         IS 'JSON object of details, at most 256 KiB.';
COMMENT ON COLUMN policy_violations.status           IS 'open, acknowledged, resolved or false_positive; only legal transitions are accepted.';
COMMENT ON COLUMN policy_violations.detected_at      IS 'When the call violated the policy.';
COMMENT ON COLUMN policy_violations.acknowledged_by  IS 'The user who acknowledged it.';
COMMENT ON COLUMN policy_violations.acknowledged_at  IS 'When it was acknowledged.';
COMMENT ON COLUMN policy_violations.resolved_by      IS 'The user who resolved it or marked it as a false positive.';
COMMENT ON COLUMN policy_violations.resolved_at      IS 'When it was resolved or marked as a false positive.';
COMMENT ON COLUMN policy_violations.resolution_notes IS 'The resolution, at most 4,000 characters.';
COMMENT ON COLUMN policy_violations.reopened_by      IS 'The user who last reopened it; null if it never was. Reopening clears the columns of acknowledgement and resolution, but not this one.';
COMMENT ON COLUMN policy_violations.reopened_at      IS 'When it was last reopened; null if it never was.';
COMMENT ON COLUMN policy_violations.created_at       IS 'When the row was written.';
COMMENT ON COLUMN policy_violations.updated_at       IS 'When the row was last changed; set by the database.';
