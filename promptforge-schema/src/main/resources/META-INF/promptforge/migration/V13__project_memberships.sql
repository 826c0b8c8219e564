-- Users who have another role in a project than in the organization.

CREATE TABLE project_memberships (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    project_id      uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    role            text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT project_memberships_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT project_memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT project_memberships_project_id_fkey      FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT project_memberships_user_id_fkey         FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT project_memberships_user_id_key          UNIQUE (organization_id, project_id, user_id),
    CONSTRAINT project_memberships_role_values          CHECK (role IN ('admin', 'developer', 'viewer'))
);

CREATE INDEX project_memberships_project_id_idx ON project_memberships (organization_id, project_id, id);
CREATE INDEX project_memberships_user_id_idx    ON project_memberships (organization_id, user_id, id);

-- A project and a user belong to one organization: see prompts_project_id_dependencies.
CREATE STATISTICS project_memberships_project_id_dependencies (dependencies) ON organization_id, project_id FROM project_memberships;
CREATE STATISTICS project_memberships_user_id_dependencies (dependencies) ON organization_id, user_id FROM project_memberships;

CREATE TRIGGER project_memberships_updated_at BEFORE UPDATE ON project_memberships
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER project_memberships_organization_id_fixed BEFORE UPDATE OF organization_id ON project_memberships
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a membership never moves to another organization');

SELECT isolate_tenants('project_memberships');
SELECT audit_changes('project_memberships');

COMMENT ON TABLE  project_memberships                 IS 'The role of a user in one project, instead of the role in the organization: higher or lower.';
COMMENT ON COLUMN project_memberships.organization_id IS 'The tenant.';
COMMENT ON COLUMN project_memberships.id              IS 'UUIDv7.';
COMMENT ON COLUMN project_memberships.project_id      IS 'The project.';
COMMENT ON COLUMN project_memberships.user_id         IS 'The user, at most once per project.';
COMMENT ON COLUMN project_memberships.role            IS 'The permissions in the project: admin, developer or viewer.';
COMMENT ON COLUMN project_memberships.created_at      IS 'When the row was written.';
COMMENT ON COLUMN project_memberships.updated_at      IS 'When the row was last changed; set by the database.';
