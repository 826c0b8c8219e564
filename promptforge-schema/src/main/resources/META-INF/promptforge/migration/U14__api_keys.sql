DROP TABLE api_keys;
DROP FUNCTION check_projects_of_api_key();
