INSERT INTO project_memberships (organization_id, id, project_id, user_id, role)
VALUES (id(1), id(60), id(5), id(2), 'viewer');
