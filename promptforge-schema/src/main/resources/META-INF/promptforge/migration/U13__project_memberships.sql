DROP TABLE project_memberships;
