DROP FUNCTION find_organization(text);
DROP FUNCTION find_identity(text, text);
DROP FUNCTION find_login(text);
DROP TABLE users;
DROP TABLE organizations;
DROP FUNCTION refuse_change();
DROP FUNCTION set_updated_at();
DROP FUNCTION share_with_services(regprocedure, regclass);
DROP FUNCTION isolate_tenants(regclass);
