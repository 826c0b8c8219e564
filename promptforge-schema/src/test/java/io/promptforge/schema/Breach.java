package io.promptforge.schema;

import static io.promptforge.schema.ColumnRules.COMMENTS;
import static io.promptforge.schema.ColumnRules.CREATED_AT;
import static io.promptforge.schema.ColumnRules.EXACT_MONEY;
import static io.promptforge.schema.ColumnRules.EXACT_NUMBERS;
import static io.promptforge.schema.ColumnRules.FEW_TYPES;
import static io.promptforge.schema.ColumnRules.NO_SEQUENCES;
import static io.promptforge.schema.ColumnRules.UPDATED_AT;
import static io.promptforge.schema.ColumnRules.UUID_KEYS;
import static io.promptforge.schema.FunctionRules.CURRENT_SNAPSHOT;
import static io.promptforge.schema.FunctionRules.FIXED_SEARCH_PATH;
import static io.promptforge.schema.FunctionRules.NOT_FOR_PUBLIC;
import static io.promptforge.schema.KeyRules.INDEXED_FOREIGN_KEYS;
import static io.promptforge.schema.KeyRules.NAMED_CONSTRAINTS;
import static io.promptforge.schema.KeyRules.NAMED_INDEXES;
import static io.promptforge.schema.KeyRules.NEWEST_KEY;
import static io.promptforge.schema.KeyRules.NO_REWRITTEN_REFERENCES;
import static io.promptforge.schema.KeyRules.ONE_CYCLE;
import static io.promptforge.schema.KeyRules.OWN_CURRENT_VERSION;
import static io.promptforge.schema.KeyRules.UNIQUE_IN_THE_TENANT;
import static io.promptforge.schema.PartitionRules.BY_START;
import static io.promptforge.schema.PartitionRules.DEFAULT_PARTITION;
import static io.promptforge.schema.PartitionRules.MADE_AHEAD;
import static io.promptforge.schema.TenantRules.AUDITED;
import static io.promptforge.schema.TenantRules.COMPOSITE_FOREIGN_KEYS;
import static io.promptforge.schema.TenantRules.GOES_WITH_THE_TENANT;
import static io.promptforge.schema.TenantRules.ISOLATED;
import static io.promptforge.schema.TenantRules.NO_AUDITED_PAYLOADS;
import static io.promptforge.schema.TenantRules.NO_AUDITED_SECRETS;
import static io.promptforge.schema.TenantRules.PRIMARY_KEY;
import static io.promptforge.schema.TenantRules.TENANT_COLUMN;
import static io.promptforge.schema.TenantRules.TENANT_NEVER_CHANGES;

import java.util.stream.Stream;

/**
 * A change of the schema that breaks a rule.
 *
 * @param rule the rule
 * @param offence the beginning of the rule's complaint
 * @param sql the change
 */
record Breach(SchemaRule rule, String offence, String sql) {

    static Stream<Breach> all() {
        return Stream.of(ofTenants(), ofKeys(), ofNames(), ofColumns(), ofFunctions(), ofPartitions())
                .flatMap(breaches -> breaches);
    }

    private static Stream<Breach> ofTenants() {
        return Stream.of(
                new Breach(TENANT_COLUMN, "notes", "CREATE TABLE notes (id uuid NOT NULL)"),
                new Breach(TENANT_COLUMN, "notes", "CREATE TABLE notes (organization_id uuid, id uuid NOT NULL)"),
                new Breach(TENANT_COLUMN, "notes", "CREATE TABLE notes (organization_id text NOT NULL)"),
                new Breach(PRIMARY_KEY, "notes", "CREATE TABLE notes (organization_id uuid, id uuid PRIMARY KEY)"),
                new Breach(
                        PRIMARY_KEY,
                        "notes",
                        "CREATE TABLE notes (organization_id uuid, id uuid, PRIMARY KEY (id, organization_id))"),
                new Breach(PRIMARY_KEY, "notes", "CREATE TABLE notes (organization_id uuid, id uuid)"),
                new Breach(
                        COMPOSITE_FOREIGN_KEYS,
                        "projects projects_owner_fkey",
                        "ALTER TABLE users ADD UNIQUE (id); ALTER TABLE projects ADD owner uuid REFERENCES users (id)"),
                new Breach(
                        COMPOSITE_FOREIGN_KEYS,
                        "projects projects_crossed_fkey",
                        "ALTER TABLE users ADD UNIQUE (id, organization_id); ALTER TABLE projects ADD CONSTRAINT"
                                + " projects_crossed_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users"
                                + " (id, organization_id)"),
                new Breach(
                        COMPOSITE_FOREIGN_KEYS,
                        "users users_other_fkey",
                        "ALTER TABLE users ADD other uuid CONSTRAINT users_other_fkey REFERENCES organizations"),
                new Breach(
                        GOES_WITH_THE_TENANT, "users", "ALTER TABLE users DROP CONSTRAINT users_organization_id_fkey"),
                new Breach(
                        GOES_WITH_THE_TENANT,
                        "users",
                        "ALTER TABLE users DROP CONSTRAINT users_organization_id_fkey, ADD CONSTRAINT"
                                + " users_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations"),
                new Breach(TENANT_NEVER_CHANGES, "users", "DROP TRIGGER users_organization_id_fixed ON users"),
                new Breach(
                        TENANT_NEVER_CHANGES, "spans", "ALTER TABLE spans DISABLE TRIGGER spans_organization_id_fixed"),
                new Breach(
                        TENANT_NEVER_CHANGES,
                        "prompt_versions",
                        "DROP TRIGGER prompt_versions_immutable ON prompt_versions; CREATE TRIGGER"
                                + " prompt_versions_immutable BEFORE UPDATE ON prompt_versions FOR EACH ROW WHEN"
                                + " (NEW.template_format <> OLD.template_format) EXECUTE FUNCTION refuse_change('no')"),
                new Breach(
                        TENANT_NEVER_CHANGES,
                        "prompt_deployments",
                        "DROP TRIGGER prompt_deployments_history ON prompt_deployments; CREATE TRIGGER"
                                + " prompt_deployments_history BEFORE UPDATE ON prompt_deployments FOR EACH ROW WHEN"
                                + " (to_jsonb(NEW) - 'organization_id' <> to_jsonb(OLD) - 'organization_id')"
                                + " EXECUTE FUNCTION refuse_change('no')"),
                new Breach(ISOLATED, "notes", "CREATE TABLE notes (organization_id uuid, id uuid)"),
                new Breach(ISOLATED, "users", "ALTER TABLE users DISABLE ROW LEVEL SECURITY"),
                new Breach(ISOLATED, "users", "ALTER TABLE users NO FORCE ROW LEVEL SECURITY"),
                new Breach(ISOLATED, "spans_default", "ALTER TABLE spans_default DISABLE ROW LEVEL SECURITY"),
                new Breach(ISOLATED, "users", "DROP POLICY tenant ON users"),
                new Breach(ISOLATED, "users", "ALTER POLICY tenant ON users USING (true)"),
                new Breach(ISOLATED, "users", "ALTER POLICY tenant ON users WITH CHECK (true)"),
                new Breach(ISOLATED, "users", "ALTER POLICY tenant ON users TO postgres"),
                new Breach(ISOLATED, "users", "CREATE POLICY more ON users FOR SELECT USING (true)"),
                new Breach(ISOLATED, "users", "ALTER POLICY owner ON users TO PUBLIC"),
                new Breach(ISOLATED, "users", "DROP POLICY owner ON users"),
                new Breach(AUDITED, "notes", "CREATE TABLE notes (organization_id uuid, id uuid)"),
                new Breach(AUDITED, "users has no trigger that audits updates", "DROP TRIGGER users_audited ON users"),
                new Breach(
                        AUDITED,
                        "traces has no trigger that audits deletions",
                        "ALTER TABLE traces DISABLE TRIGGER traces_audited_delete"),
                new Breach(NO_AUDITED_SECRETS, "users.pepper", "ALTER TABLE users ADD pepper bytea"),
                new Breach(NO_AUDITED_SECRETS, "users.password", "ALTER TABLE users ADD password text"),
                new Breach(NO_AUDITED_PAYLOADS, "projects.document", "ALTER TABLE projects ADD document jsonb"));
    }

    private static Stream<Breach> ofKeys() {
        return Stream.of(
                new Breach(
                        UNIQUE_IN_THE_TENANT,
                        "projects projects_name_alone_key",
                        "ALTER TABLE projects ADD CONSTRAINT projects_name_alone_key UNIQUE (name)"),
                new Breach(
                        UNIQUE_IN_THE_TENANT,
                        "projects projects_lower_key",
                        "CREATE UNIQUE INDEX projects_lower_key ON projects (lower(name)) INCLUDE (organization_id)"),
                reference(NO_REWRITTEN_REFERENCES, "ON DELETE SET NULL"),
                reference(NO_REWRITTEN_REFERENCES, "ON DELETE SET DEFAULT"),
                reference(NO_REWRITTEN_REFERENCES, "ON UPDATE CASCADE"),
                new Breach(
                        INDEXED_FOREIGN_KEYS,
                        "projects projects_created_by_fkey",
                        "DROP INDEX projects_created_by_idx"),
                new Breach(
                        NEWEST_KEY,
                        "traces has the newer index traces_name_idx",
                        "CREATE INDEX traces_name_idx ON traces (organization_id, name, id)"),
                index("(organization_id, created_by) WHERE created_by IS NOT NULL AND name <> ''"),
                index("(organization_id, created_by) WHERE status = 'draft'"),
                index("(organization_id, created_by) WHERE description IS NOT NULL"),
                index("(organization_id, name, created_by)"),
                index("(name) INCLUDE (organization_id, created_by)"),
                new Breach(
                        ONE_CYCLE,
                        "users users_project_id_fkey is part of a cycle",
                        "ALTER TABLE users ADD project_id uuid, ADD CONSTRAINT users_project_id_fkey FOREIGN KEY"
                                + " (organization_id, project_id) REFERENCES projects (organization_id, id)"),
                new Breach(
                        ONE_CYCLE,
                        "prompts prompts_current_version_id_fkey is not part of a cycle",
                        "ALTER TABLE prompts DROP CONSTRAINT prompts_current_version_id_fkey"),
                new Breach(
                        OWN_CURRENT_VERSION,
                        "prompts",
                        "ALTER TABLE prompts DROP CONSTRAINT prompts_current_version_id_fkey, ADD CONSTRAINT"
                                + " prompts_current_version_id_fkey FOREIGN KEY (organization_id, current_version_id)"
                                + " REFERENCES prompt_versions (organization_id, id)"));
    }

    private static Breach reference(SchemaRule rule, String action) {
        return new Breach(
                rule,
                "projects projects_created_by_fkey",
                "ALTER TABLE projects DROP CONSTRAINT projects_created_by_fkey, ADD CONSTRAINT projects_created_by_fkey"
                        + " FOREIGN KEY (organization_id, created_by) REFERENCES users (organization_id, id) "
                        + action);
    }

    private static Breach index(String columns) {
        return new Breach(
                INDEXED_FOREIGN_KEYS,
                "projects projects_created_by_fkey",
                "DROP INDEX projects_created_by_idx; CREATE INDEX projects_created_by_idx ON projects " + columns);
    }

    private static Stream<Breach> ofNames() {
        return Stream.of(
                named("users_check", "ADD CHECK (active OR failed_login_attempts = 0)"),
                named("users_email_check", "ADD CHECK (email <> 'root')"),
                named("users_mail_length", "ADD CONSTRAINT users_mail_length CHECK (email <> '')"),
                named("users_full_name_length", "ADD CONSTRAINT users_full_name_length2 CHECK (full_name <> '')"),
                named("valid_email", "ADD CONSTRAINT valid_email CHECK (email <> '')"),
                named("users_role_nonempty", "ADD CONSTRAINT users_role_nonempty CHECK (email <> '')"),
                named("pk_users", "RENAME CONSTRAINT users_pkey TO pk_users"),
                named("users_tenant_fkey", "RENAME CONSTRAINT users_organization_id_fkey TO users_tenant_fkey"),
                named("users_name_key", "ADD CONSTRAINT users_name_key UNIQUE (organization_id, full_name)"),
                new Breach(
                        NAMED_INDEXES,
                        "users has an index with the name users_by_role",
                        "CREATE INDEX users_by_role ON users (organization_id, role)"),
                new Breach(
                        NAMED_INDEXES,
                        "users has an index with the name role_idx",
                        "CREATE INDEX role_idx ON users (organization_id, role)"),
                new Breach(
                        NAMED_INDEXES,
                        "users has an index with the name users_role_idx",
                        "CREATE UNIQUE INDEX users_role_idx ON users (organization_id, role, id)"));
    }

    private static Breach named(String name, String change) {
        return new Breach(
                NAMED_CONSTRAINTS, "users has a constraint with the name " + name, "ALTER TABLE users " + change);
    }

    private static Stream<Breach> ofColumns() {
        return Stream.of(
                column(NO_SEQUENCES, "number integer DEFAULT 1; CREATE SEQUENCE users_number_seq", "users_number_seq"),
                column(
                        UUID_KEYS,
                        "n bigint; ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE,"
                                + " ADD CONSTRAINT users_pkey PRIMARY KEY (organization_id, n)",
                        "users.n is bigint"),
                column(FEW_TYPES, "seen timestamp", "users.seen is timestamp without time zone"),
                column(FEW_TYPES, "seen timestamptz(3)", "users.seen is timestamp(3) with time zone"),
                column(FEW_TYPES, "nickname varchar(20)", "users.nickname is character varying(20)"),
                column(FEW_TYPES, "nicknames varchar[]", "users.nicknames is character varying[]"),
                column(FEW_TYPES, "data xml", "users.data is xml"),
                column(FEW_TYPES, "rate real", "users.rate is real"),
                new Breach(FEW_TYPES, "mood is a type", "CREATE TYPE mood AS ENUM ('good', 'bad')"),
                column(EXACT_MONEY, "monthly_cost double precision", "users.monthly_cost is double precision"),
                column(EXACT_MONEY, "price_per_seat numeric(10, 2)", "users.price_per_seat is numeric(10,2)"),
                column(EXACT_NUMBERS, "score double precision", "users.score is double precision"),
                new Breach(CREATED_AT, "users", "ALTER TABLE users DROP created_at"),
                new Breach(CREATED_AT, "users", "ALTER TABLE users ALTER created_at DROP NOT NULL"),
                new Breach(CREATED_AT, "users", "ALTER TABLE users ALTER created_at DROP DEFAULT"),
                new Breach(UPDATED_AT, "users", "DROP TRIGGER users_updated_at ON users"),
                new Breach(UPDATED_AT, "users", "ALTER TABLE users DISABLE TRIGGER users_updated_at"),
                new Breach(UPDATED_AT, "users", "ALTER TABLE users RENAME updated_at TO changed_at"),
                new Breach(UPDATED_AT, "prompt_versions", "DROP TRIGGER prompt_versions_immutable ON prompt_versions"),
                new Breach(COMMENTS, "users has", "COMMENT ON TABLE users IS NULL"),
                column(COMMENTS, "nickname text", "users.nickname"),
                new Breach(COMMENTS, "answer", "CREATE FUNCTION answer() RETURNS integer LANGUAGE sql AS 'SELECT 42'"));
    }

    private static Breach column(SchemaRule rule, String definition, String offence) {
        return new Breach(rule, offence, "ALTER TABLE users ADD " + definition);
    }

    private static Stream<Breach> ofFunctions() {
        return Stream.of(
                new Breach(
                        NOT_FOR_PUBLIC,
                        "create_span_partitions",
                        "GRANT EXECUTE ON FUNCTION create_span_partitions(date, integer) TO PUBLIC"),
                new Breach(
                        NOT_FOR_PUBLIC,
                        "answer",
                        "CREATE FUNCTION answer() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 42'"),
                new Breach(
                        FIXED_SEARCH_PATH,
                        "create_span_partitions",
                        "ALTER FUNCTION create_span_partitions(date, integer) RESET search_path"),
                new Breach(
                        FIXED_SEARCH_PATH,
                        "create_span_partitions",
                        "ALTER FUNCTION create_span_partitions(date, integer) SET search_path TO promptforge"),
                new Breach(CURRENT_SNAPSHOT, "find_login", "ALTER FUNCTION find_login(text) STABLE"));
    }

    private static Stream<Breach> ofPartitions() {
        return Stream.of(
                new Breach(BY_START, "spans", "DROP TABLE spans; CREATE TABLE spans (id uuid, started_at timestamptz)"),
                new Breach(DEFAULT_PARTITION, "spans", "DROP TABLE spans_default"),
                withoutPartition(0),
                withoutPartition(1));
    }

    private static Breach withoutPartition(int monthsAhead) {
        return new Breach(MADE_AHEAD, "spans has no partition for ", """
                DO $$ BEGIN
                    EXECUTE to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '%d month',
                                    '"DROP TABLE spans_y"YYYY"m"MM');
                END $$""".formatted(monthsAhead));
    }
}
