INSERT INTO erasures (organization_id, table_name, row_id) VALUES (id(1), 'traces', id(62));
