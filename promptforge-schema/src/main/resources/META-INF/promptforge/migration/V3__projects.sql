-- A project contains the prompts, evaluations, traces and policies of one application.

CREATE TABLE projects (
    organization_id      uuid        NOT NULL,
    id                   uuid        NOT NULL,
    name                 text        NOT NULL,
    description          text,
    status               text        NOT NULL DEFAULT 'draft',
    trace_retention_days integer,
    created_by           uuid,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT projects_organization_id_fkey       FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT projects_created_by_fkey            FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id),
    CONSTRAINT projects_name_key                   UNIQUE (organization_id, name),
    CONSTRAINT projects_name_length                CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT projects_description_length         CHECK (char_length(description) <= 4000),
    CONSTRAINT projects_status_values              CHECK (status IN ('draft', 'active', 'archived')),
    CONSTRAINT projects_trace_retention_days_range CHECK (trace_retention_days BETWEEN 1 AND 36500)
);

CREATE INDEX projects_created_at_idx ON projects (organization_id, created_at, id);
CREATE INDEX projects_updated_at_idx ON projects (organization_id, updated_at, id);
CREATE INDEX projects_created_by_idx ON projects (organization_id, created_by) WHERE created_by IS NOT NULL;
ALTER TABLE projects ADD CONSTRAINT projects_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER projects_updated_at BEFORE UPDATE ON projects
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER projects_organization_id_fixed BEFORE UPDATE OF organization_id ON projects
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a project never moves to another organization');

SELECT isolate_tenants('projects');

COMMENT ON TABLE  projects                      IS 'One application of an organization, with its prompts, evaluations, traces and policies.';
COMMENT ON COLUMN projects.organization_id      IS 'The tenant.';
COMMENT ON COLUMN projects.id                   IS 'UUIDv7.';
COMMENT ON COLUMN projects.name                 IS 'Display name, unique in the organization, 1 to 200 characters.';
COMMENT ON COLUMN projects.description          IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN projects.status               IS 'draft, active or archived.';
COMMENT ON COLUMN projects.trace_retention_days IS 'Days that traces are kept, counted from the start of the trace, 1 to 36,500. Null: the limit of the organization.';
COMMENT ON COLUMN projects.created_by           IS 'The user who created it; null when a service did.';
COMMENT ON COLUMN projects.created_at           IS 'When the row was written.';
COMMENT ON COLUMN projects.updated_at           IS 'When the row was last changed; set by the database.';


CREATE FUNCTION projects_with_retention(after_organization uuid, after_project uuid, most integer)
    RETURNS TABLE (organization_id uuid, id uuid)
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    RETURN QUERY
    SELECT p.organization_id, p.id
    FROM projects p JOIN organizations o ON o.id = p.organization_id
    WHERE coalesce(p.trace_retention_days, o.trace_retention_days) IS NOT NULL
    AND (after_project IS NULL OR (p.organization_id, p.id) > (after_organization, after_project))
    ORDER BY p.organization_id, p.id
    LIMIT most;
END
$$;
COMMENT ON FUNCTION projects_with_retention(uuid, uuid, integer) IS
    'The projects of all organizations whose traces are kept for a limited time, some at a time, for the maintenance.';
SELECT share_with_services('projects_with_retention(uuid, uuid, integer)', 'projects');
