DROP FUNCTION projects_with_retention(uuid, uuid, integer);
DROP TABLE projects;
