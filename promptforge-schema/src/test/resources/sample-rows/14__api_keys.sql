INSERT INTO api_keys (organization_id, id, name, hash, rights, created_by)
VALUES (id(1), id(61), 'Ingest', sha256('#'), ARRAY['read', 'record_traces'], id(2));
