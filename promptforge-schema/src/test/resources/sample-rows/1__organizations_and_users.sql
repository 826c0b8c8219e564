INSERT INTO organizations (id, name, slug, trace_retention_days)
VALUES (id(1), 'Organization #', 'organization-#', 90);

INSERT INTO users (organization_id, id, email, password_hash, full_name, role)
VALUES (id(1), id(2), 'Ada#@Example.com', '$2a$10$' || repeat('x', 53), 'Ada', 'admin');
