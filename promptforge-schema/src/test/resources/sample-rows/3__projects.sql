INSERT INTO projects (organization_id, id, name, trace_retention_days, created_by)
VALUES (id(1), id(5), 'Support', 30, id(2));
