-- Organizations are the tenants; users log in and act for one of them.
--
-- In every later table, organization_id comes first in the primary key and in every foreign key, so that a row cannot refer to
-- another organization, and the row is deleted with its organization.
--
-- The primary key of a table that others refer to is added behind its other indexes. While a table is small or has no statistics,
-- PostgreSQL finds a row as cheap by any index of the organization, and of equal ones takes the newest. Connections keep such a plan until
-- the table is analyzed, so each check of a foreign key would read all rows of the organization. A restored dump has the indexes in the
-- order of their names.

-- Updates of one transaction, or after the clock was set back, get different values too: updated_at is an optimistic lock.
CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at + interval '1 microsecond');
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION set_updated_at() IS 'Trigger: sets updated_at to the time of the update, and always later than it was.';

CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, HINT = TG_NAME;
END
$$;
COMMENT ON FUNCTION refuse_change() IS
    'Trigger: refuses the change. Its argument is the message, and the name of the trigger is reported as the violated constraint, also as the hint, which Citus passes on.';

-- The second wall between the tenants. The first is that the library names the organization in every statement; here the database
-- shows a role only the rows of the organization that its transaction has set, and none when it has set none. The owner sees all
-- rows: it migrates and maintains them, also where it cannot have BYPASSRLS.
CREATE FUNCTION isolate_tenants(target regclass) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    tenant   text    := coalesce((SELECT attname FROM pg_attribute WHERE attrelid = target AND attname = 'organization_id'), 'id');
    owner    regrole := (SELECT relowner FROM pg_class WHERE oid = target);
    home     text    := (SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = target);
    root     text    := format('%I.organizations', home);
    on_citus boolean := to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL;
BEGIN
    IF on_citus THEN
        IF EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = target) THEN
            RAISE EXCEPTION '% is distributed, and Citus adds no policies like these to such a table', target
                USING ERRCODE = 'feature_not_supported', HINT = 'Bring all tables back, isolate this one, and distribute them again.';
        END IF;
    END IF;
    -- A plain "= setting" beside the library's own "= $1" is compared once, above the scan, in a node that copies each row, which makes
    -- reads up to a quarter slower; other comparisons make the planner expect far fewer rows than there are. It takes an expression
    -- that IS NOT NULL for one that nearly all rows meet.
    EXECUTE format('CREATE POLICY tenant ON %s USING (nullif(%I::text = current_setting(%L, true), false) IS NOT NULL)',
        target, tenant, home || '.organization_id');
    EXECUTE format('CREATE POLICY owner ON %s TO %s USING (true)', target, owner);
    -- Where organizations is distributed, a new table joins it: distributed tables cannot refer to one that is not, nor can their triggers
    -- write to it. Before the policies are on, because Citus does not copy behind them. A partition goes with its table; one that is not
    -- attached yet has no primary key.
    IF on_citus THEN
        IF EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass(root))
            AND EXISTS (SELECT FROM pg_class c JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
                WHERE c.oid = target AND NOT c.relispartition AND pg_relation_size(c.oid) = 0)
        THEN
            PERFORM create_distributed_table(target, tenant, colocate_with => root);
        END IF;
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
END
$$;
COMMENT ON FUNCTION isolate_tenants(regclass) IS
    'For every table and partition: other roles than its owner see and write only rows of the organization that the transaction has set, in the setting organization_id with the schema in front. Distributes a new table if Citus has distributed organizations.';

CREATE FUNCTION share_with_services(shared regprocedure, companion regclass) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    service regrole;
BEGIN
    -- pg_temp last, so that a temporary table of the caller is never taken for one of the schema.
    EXECUTE format('ALTER FUNCTION %s SET search_path TO %I, pg_temp', shared, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', shared);
    FOR service IN
        SELECT DISTINCT a.grantee FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.oid = companion AND a.privilege_type = 'INSERT' AND a.grantee <> 0
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', shared, service);
    END LOOP;
END
$$;
COMMENT ON FUNCTION share_with_services(regprocedure, regclass) IS
    'For a SECURITY DEFINER function: fixes its search_path, and lets only roles execute it that may insert into the companion table by ALTER DEFAULT PRIVILEGES, instead of PUBLIC.';

-- Citus hands SET LOCAL on to the nodes of the shards, but not set_config. Its own setting is made in the body: only superusers may
-- attach one that the server does not know to a function.
CREATE FUNCTION set_locally(setting text, value text) RETURNS text
    LANGUAGE plpgsql AS
$$
BEGIN
    SET LOCAL citus.propagate_set_commands TO 'local';
    EXECUTE format('SET LOCAL %s TO %L',
        (SELECT string_agg(quote_ident(part), '.' ORDER BY number) FROM unnest(parse_ident(setting)) WITH ORDINALITY AS p (part, number)),
        value);
    RETURN value;
END
$$;
COMMENT ON FUNCTION set_locally(text, text) IS
    'Like set_config until the end of the transaction, on a Citus cluster also for the nodes of the shards; there it needs a transaction that was begun.';

-- Citus does not hand SET CONSTRAINTS on to the nodes of the shards. A query of one organization runs there as a whole, this call included,
-- and the count is a row also while the organization has none.
CREATE FUNCTION set_constraints(deferred boolean, counted bigint) RETURNS void
    LANGUAGE plpgsql AS
$$
BEGIN
    IF deferred THEN
        SET CONSTRAINTS ALL DEFERRED;
    ELSE
        SET CONSTRAINTS ALL IMMEDIATE;
    END IF;
END
$$;
COMMENT ON FUNCTION set_constraints(boolean, bigint) IS
    'Like SET CONSTRAINTS ALL until the end of the transaction, on a Citus cluster for the node of an organization: SELECT set_constraints(true, count(*)) FROM organizations WHERE id = ….';

-- Only triggers write to it, also where the owner's default privileges let services write new tables.
CREATE FUNCTION keep_from_services(target regclass) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    service regrole;
BEGIN
    FOR service IN
        SELECT DISTINCT a.grantee FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.oid = target AND a.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s', target, service);
        EXECUTE format('GRANT SELECT ON %s TO %s', target, service);
    END LOOP;
END
$$;
COMMENT ON FUNCTION keep_from_services(regclass) IS
    'For a table that only triggers write: other roles than its owner keep the right to read it, if ALTER DEFAULT PRIVILEGES has given them any, and no other.';


CREATE TABLE organizations (
    id                   uuid        NOT NULL,
    name                 text        NOT NULL,
    slug                 text        NOT NULL,
    description          text,
    settings             jsonb       NOT NULL DEFAULT '{}',
    trace_retention_days integer,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT organizations_pkey                       PRIMARY KEY (id),
    CONSTRAINT organizations_name_key                   UNIQUE (name),
    CONSTRAINT organizations_slug_key                   UNIQUE (slug),
    CONSTRAINT organizations_name_length                CHECK (name ~ '\S' AND char_length(name) <= 200),
    CONSTRAINT organizations_slug_format                CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 63),
    CONSTRAINT organizations_description_length         CHECK (char_length(description) <= 4000),
    CONSTRAINT organizations_settings_document          CHECK (jsonb_typeof(settings) = 'object' AND pg_column_size(settings) <= 65536),
    CONSTRAINT organizations_trace_retention_days_range CHECK (trace_retention_days BETWEEN 1 AND 36500)
);

CREATE TRIGGER organizations_updated_at BEFORE UPDATE ON organizations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER organizations_id_fixed BEFORE UPDATE OF id ON organizations
    FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_change('the id of an organization never changes');

SELECT isolate_tenants('organizations');

COMMENT ON TABLE  organizations                      IS 'A tenant: a company or team with data of its own. Deleting it deletes all its data.';
COMMENT ON COLUMN organizations.id                   IS 'UUIDv7. Called organization_id in every other table.';
COMMENT ON COLUMN organizations.name                 IS 'Display name, unique over the platform, 1 to 200 characters.';
COMMENT ON COLUMN organizations.slug                 IS 'Name for URLs, unique over the platform: lower-case letters, digits and single hyphens, at most 63 characters.';
COMMENT ON COLUMN organizations.description          IS 'Free text, at most 4,000 characters.';
COMMENT ON COLUMN organizations.settings             IS 'JSON object of the organization''s preferences, at most 64 KiB.';
COMMENT ON COLUMN organizations.trace_retention_days IS 'Days that traces of projects without their own limit are kept, counted from the start of the trace, 1 to 36,500. Null: for ever.';
COMMENT ON COLUMN organizations.created_at           IS 'When the row was written.';
COMMENT ON COLUMN organizations.updated_at           IS 'When the row was last changed; set by the database.';


CREATE TABLE users (
    organization_id          uuid        NOT NULL,
    id                       uuid        NOT NULL,
    email                    text        NOT NULL,
    password_hash            text,
    previous_password_hashes text[]      NOT NULL DEFAULT '{}',
    sso_issuer               text,
    sso_subject              text,
    full_name                text        NOT NULL,
    role                     text        NOT NULL,
    active                   boolean     NOT NULL DEFAULT true,
    last_login_at            timestamptz,
    failed_login_attempts    integer     NOT NULL DEFAULT 0,
    locked_until             timestamptz,
    created_at               timestamptz NOT NULL DEFAULT now(),
    updated_at               timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT users_organization_id_fkey            FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT users_email_format                    CHECK (email ~ '^[^@\s]+@[^@\s]+$' AND char_length(email) <= 254),
    CONSTRAINT users_password_hash_format            CHECK (password_hash ~ '^([0-9A-Za-z_-]{1,32}:)?\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$'),
    CONSTRAINT users_password_hash_required          CHECK (password_hash IS NOT NULL OR sso_subject IS NOT NULL),
    CONSTRAINT users_previous_password_hashes_length CHECK (array_position(previous_password_hashes, NULL) IS NULL AND cardinality(previous_password_hashes) <= 24),
    CONSTRAINT users_sso_issuer_length               CHECK (sso_issuer ~ '\S' AND char_length(sso_issuer) <= 400),
    CONSTRAINT users_sso_subject_length              CHECK (sso_subject ~ '\S' AND char_length(sso_subject) <= 255),
    CONSTRAINT users_sso_subject_pair                CHECK ((sso_issuer IS NULL) = (sso_subject IS NULL)),
    CONSTRAINT users_full_name_length                CHECK (full_name ~ '\S' AND char_length(full_name) <= 200),
    CONSTRAINT users_role_values                     CHECK (role IN ('admin', 'developer', 'viewer')),
    CONSTRAINT users_failed_login_attempts_range     CHECK (failed_login_attempts >= 0)
);

-- The only keys without organization_id: a user logs in before the organization is known. The collation is fixed, because in that of
-- the database the case of letters may be another: in a Turkish one, I is not the capital of i.
CREATE UNIQUE INDEX users_email_key ON users (lower(email COLLATE "C"));
CREATE UNIQUE INDEX users_sso_subject_key ON users (sso_issuer, sso_subject) WHERE sso_subject IS NOT NULL;

CREATE INDEX users_full_name_idx ON users (organization_id, full_name, id);
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (organization_id, id);

-- For find_login: the part is the cost.
CREATE INDEX users_password_cost_idx ON users (split_part(password_hash, '$', 3));

CREATE TRIGGER users_updated_at BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER users_organization_id_fixed BEFORE UPDATE OF organization_id ON users
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a user never moves to another organization');

-- Without an admin, there would be no user left to make one. The row of the organization is locked, so that of two admins who demote
-- each other the second one waits, and sees what the first has done; unless its snapshot is older: then it must touch the other
-- admins, and fails by a serialization failure if they have changed. An organization that is deleted is not found.
CREATE FUNCTION keep_an_admin() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
BEGIN
    PERFORM 1 FROM organizations WHERE id = OLD.organization_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        PERFORM 1 FROM users WHERE organization_id = OLD.organization_id AND role = 'admin' AND active FOR NO KEY UPDATE;
    END IF;
    PERFORM 1 FROM users WHERE organization_id = OLD.organization_id AND role = 'admin' AND active LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the last active admin of an organization stays one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'users_role_last_admin', HINT = 'users_role_last_admin';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_an_admin() IS 'Trigger: refuses that the last active admin of an organization is deleted, deactivated or given another role.';

CREATE TRIGGER users_last_admin_kept_on_update AFTER UPDATE OF role, active ON users
    FOR EACH ROW WHEN (OLD.role = 'admin' AND OLD.active AND NOT (NEW.role = 'admin' AND NEW.active)) EXECUTE FUNCTION keep_an_admin();
CREATE TRIGGER users_last_admin_kept_on_delete AFTER DELETE ON users
    FOR EACH ROW WHEN (OLD.role = 'admin' AND OLD.active) EXECUTE FUNCTION keep_an_admin();

SELECT isolate_tenants('users');

COMMENT ON TABLE  users                          IS 'A person who logs in with e-mail and password or by single sign-on, and acts for one organization.';
COMMENT ON COLUMN users.organization_id          IS 'The tenant.';
COMMENT ON COLUMN users.id                       IS 'UUIDv7.';
COMMENT ON COLUMN users.email                    IS 'Login, unique over the whole platform with ASCII letters in any case, at most 254 characters.';
COMMENT ON COLUMN users.password_hash            IS 'bcrypt hash of the password, with its cost and salt, behind the name of its pepper and a colon if it has one. Null: logs in by single sign-on only.';
COMMENT ON COLUMN users.previous_password_hashes IS 'Hashes of the passwords before, the newest first, at most 24, so that they are not used again.';
COMMENT ON COLUMN users.sso_issuer               IS 'The identity provider, for single sign-on: issuer of OpenID Connect or entity ID of SAML, 1 to 400 characters.';
COMMENT ON COLUMN users.sso_subject              IS 'The user at the identity provider, unique over the whole platform with the issuer, 1 to 255 characters.';
COMMENT ON COLUMN users.full_name                IS 'Display name, 1 to 200 characters.';
COMMENT ON COLUMN users.role                     IS 'The permissions: admin, developer or viewer.';
COMMENT ON COLUMN users.active                   IS 'False: cannot log in, but is kept as the author of prompts, evaluations and so on.';
COMMENT ON COLUMN users.last_login_at            IS 'When the user last logged in; null before the first login.';
COMMENT ON COLUMN users.failed_login_attempts    IS 'Failed logins since the last successful one.';
COMMENT ON COLUMN users.locked_until             IS 'Logins are refused until then, after too many failures; null when not locked.';
COMMENT ON COLUMN users.created_at               IS 'When the row was written.';
COMMENT ON COLUMN users.updated_at               IS 'When the row was last changed; set by the database.';


-- What is looked up before the organization is known. A role that the policies confine reads across organizations only by such
-- functions. In PL/pgSQL, since Citus plans no parameters of SQL functions. Not STABLE: they would read with the snapshot of the caller, to
-- which a table is empty that was rewritten while they waited for it, and refuse a login that is right.

CREATE FUNCTION find_login(login text)
    RETURNS TABLE (highest_cost integer, id uuid, organization_id uuid, password_hash text, active boolean, locked_until timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    SELECT nullif(max(split_part(u.password_hash, '$', 3)), '')::integer INTO highest_cost FROM users u;
    SELECT u.id, u.organization_id, u.password_hash, u.active, u.locked_until
    INTO id, organization_id, password_hash, active, locked_until
    FROM users u WHERE lower(u.email COLLATE "C") = lower(login COLLATE "C");
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION find_login(text) IS
    'For a login with a password: the user with this e-mail, and the highest cost of all hashes, whose time each refused login takes, so that it does not tell whose the e-mail is. One row, also without a user.';
SELECT share_with_services('find_login(text)', 'users');

CREATE FUNCTION find_identity(issuer text, subject text) RETURNS TABLE (organization_id uuid, id uuid)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1 AS
$$
BEGIN
    RETURN QUERY SELECT u.organization_id, u.id FROM users u WHERE u.sso_issuer = issuer AND u.sso_subject = subject;
END
$$;
COMMENT ON FUNCTION find_identity(text, text) IS 'The user with this identity at an identity provider, for single sign-on.';
SELECT share_with_services('find_identity(text, text)', 'users');

CREATE FUNCTION find_organization(slug text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    RETURN (SELECT o.id FROM organizations o WHERE o.slug = find_organization.slug);
END
$$;
COMMENT ON FUNCTION find_organization(text) IS 'The id of the organization with this slug; null if there is none.';
SELECT share_with_services('find_organization(text)', 'organizations');


-- Citus has no key without the column that the tables are distributed by, organization_id. There the library claims such a value in the
-- transaction that writes it: of two that claim the same, the second waits for the end of the first, and is refused.
CREATE FUNCTION claim_user_keys(organization uuid, claimant uuid, new_email text, issuer text, subject text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    taken text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', current_schema(), 'users_email_key', lower(new_email COLLATE "C")), 0))
    WHERE new_email IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', current_schema(), 'users_sso_subject_key', issuer, subject), 0))
    WHERE subject IS NOT NULL;
    SELECT CASE WHEN lower(email COLLATE "C") = lower(new_email COLLATE "C") THEN 'users_email_key' ELSE 'users_sso_subject_key' END INTO taken
    FROM users
    WHERE (lower(email COLLATE "C") = lower(new_email COLLATE "C") OR (sso_issuer = issuer AND sso_subject = subject))
    AND (organization_id, id) IS DISTINCT FROM (organization, claimant)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'duplicate key value violates unique constraint "%"', taken USING ERRCODE = 'unique_violation', CONSTRAINT = taken;
    END IF;
END
$$;
COMMENT ON FUNCTION claim_user_keys(uuid, uuid, text, text, text) IS
    'Refuses an e-mail or identity that another user has, and keeps others from taking it until the end of the transaction; null for none. For Citus.';
SELECT share_with_services('claim_user_keys(uuid, uuid, text, text, text)', 'users');

CREATE FUNCTION claim_organization_keys(claimant uuid, new_name text, new_slug text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    taken text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', current_schema(), 'organizations_name_key', new_name), 0))
    WHERE new_name IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', current_schema(), 'organizations_slug_key', new_slug), 0))
    WHERE new_slug IS NOT NULL;
    SELECT CASE WHEN name = new_name THEN 'organizations_name_key' ELSE 'organizations_slug_key' END INTO taken
    FROM organizations WHERE (name = new_name OR slug = new_slug) AND id <> claimant
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'duplicate key value violates unique constraint "%"', taken USING ERRCODE = 'unique_violation', CONSTRAINT = taken;
    END IF;
END
$$;
COMMENT ON FUNCTION claim_organization_keys(uuid, text, text) IS
    'Refuses a name or slug that another organization has, and keeps others from taking it until the end of the transaction; null for none. For Citus.';
SELECT share_with_services('claim_organization_keys(uuid, text, text)', 'organizations');
