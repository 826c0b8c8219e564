UPDATE projects SET description = 'audited' WHERE organization_id = id(1) AND id = id(5);
