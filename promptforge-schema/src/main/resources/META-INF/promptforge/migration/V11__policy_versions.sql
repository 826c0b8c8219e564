-- The rules of a policy as they were, since a violation names the version that it broke.

CREATE TABLE policy_versions (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    policy_id       uuid        NOT NULL,
    version_number  integer     NOT NULL,
    type            text        NOT NULL,
    rules           jsonb       NOT NULL,
    threshold       numeric,
    created_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT policy_versions_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT policy_versions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT policy_versions_policy_id_fkey       FOREIGN KEY (organization_id, policy_id) REFERENCES policies (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT policy_versions_version_number_key   UNIQUE (organization_id, policy_id, version_number),
    CONSTRAINT policy_versions_type_values          CHECK (type IN ('toxicity', 'pii', 'cost', 'latency', 'custom'))
);

-- A policy belongs to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS policy_versions_policy_id_dependencies (dependencies) ON organization_id, policy_id FROM policy_versions;

CREATE TRIGGER policy_versions_immutable BEFORE UPDATE ON policy_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change('a version of a policy never changes');
-- At depth 0, the version itself is deleted; the cascade from its policy has a greater depth.
CREATE TRIGGER policy_versions_kept BEFORE DELETE ON policy_versions
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('a version of a policy is deleted only with its policy');

SELECT isolate_tenants('policy_versions');

COMMENT ON TABLE  policy_versions                 IS 'What a version of a policy checked. Written by the database with each change of type, rules or threshold; never changes.';
COMMENT ON COLUMN policy_versions.organization_id IS 'The tenant.';
COMMENT ON COLUMN policy_versions.id              IS 'A random UUID.';
COMMENT ON COLUMN policy_versions.policy_id       IS 'The policy.';
COMMENT ON COLUMN policy_versions.version_number  IS '1, 2, 3 … per policy; policy_violations.policy_version names it.';
COMMENT ON COLUMN policy_versions.type            IS 'The subject: toxicity, pii, cost, latency or custom.';
COMMENT ON COLUMN policy_versions.rules           IS 'JSON object with the rule, in a form that depends on the type.';
COMMENT ON COLUMN policy_versions.threshold       IS 'The value at which the policy is violated, in the unit of its type, as policies.threshold.';
COMMENT ON COLUMN policy_versions.created_at      IS 'Since when the version applies.';

CREATE FUNCTION keep_policy_version() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
BEGIN
    INSERT INTO policy_versions (organization_id, id, policy_id, version_number, type, rules, threshold)
    VALUES (NEW.organization_id, gen_random_uuid(), NEW.id, NEW.version_number, NEW.type, NEW.rules, NEW.threshold);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_policy_version() IS 'Trigger: writes the version that a policy has now.';

CREATE TRIGGER policies_version_kept_on_insert AFTER INSERT ON policies
    FOR EACH ROW EXECUTE FUNCTION keep_policy_version();
CREATE TRIGGER policies_version_kept_on_update AFTER UPDATE ON policies
    FOR EACH ROW WHEN (NEW.version_number <> OLD.version_number) EXECUTE FUNCTION keep_policy_version();

-- Of earlier versions, only the numbers are known.
INSERT INTO policy_versions (organization_id, id, policy_id, version_number, type, rules, threshold, created_at)
SELECT organization_id, gen_random_uuid(), id, version_number, type, rules, threshold, updated_at FROM policies;
