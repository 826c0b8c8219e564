DROP TABLE users;
DROP TABLE organizations;
DROP FUNCTION refuse_change();
DROP FUNCTION set_updated_at();
