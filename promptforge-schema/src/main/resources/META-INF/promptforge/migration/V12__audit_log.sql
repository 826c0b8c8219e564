-- The audit log: who changed what, written by the database in the transaction of the change, so that no way of writing misses it.
--
-- The transactions of an organization form a chain: each has a number without gaps and the hash of its entries together with the
-- hash before it. What is changed, removed or inserted later, also by a superuser, no longer fits the hashes. A superuser could also
-- write a whole new chain; that is found by comparing it with a hash that was exported before.

-- The end of the chain. Its row is the lock that makes it one chain; a transaction takes it at its commit, not before.
CREATE TABLE audit_logs (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    last_number     bigint      NOT NULL DEFAULT 0,
    last_hash       bytea       NOT NULL DEFAULT '',
    cut_number      bigint      NOT NULL DEFAULT 0,
    cut_hash        bytea       NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT audit_logs_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT audit_logs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT audit_logs_organization_id_key  UNIQUE (organization_id)
);

CREATE TRIGGER audit_logs_updated_at BEFORE UPDATE ON audit_logs
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER audit_logs_organization_id_fixed BEFORE UPDATE OF organization_id ON audit_logs
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('an audit log never moves to another organization');
-- At depth 0, the statement comes from outside; what the triggers below do has a greater depth, and so has the cascade.
CREATE TRIGGER audit_logs_kept BEFORE INSERT OR DELETE ON audit_logs
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('the audit log is written by the database only');

SELECT isolate_tenants('audit_logs');

COMMENT ON TABLE  audit_logs                 IS 'The end of the chain of an organization''s audited transactions, and where it begins after its first part was cut.';
COMMENT ON COLUMN audit_logs.organization_id IS 'The tenant.';
COMMENT ON COLUMN audit_logs.id              IS 'A random UUID.';
COMMENT ON COLUMN audit_logs.last_number     IS 'The number of the last transaction.';
COMMENT ON COLUMN audit_logs.last_hash       IS 'The hash of the last transaction; empty before the first.';
COMMENT ON COLUMN audit_logs.cut_number      IS 'The number of the last transaction that was cut off; 0 for none. Increasing it cuts more, which is an entry of the log itself.';
COMMENT ON COLUMN audit_logs.cut_hash        IS 'The hash of the last transaction that was cut off, with which the rest is verified; empty for none.';
COMMENT ON COLUMN audit_logs.created_at      IS 'When the row was written.';
COMMENT ON COLUMN audit_logs.updated_at      IS 'When the row was last changed; set by the database.';


CREATE TABLE audit_transactions (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    number          bigint,
    hash            bytea,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT audit_transactions_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT audit_transactions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT audit_transactions_number_key           UNIQUE (organization_id, number)
);

CREATE TRIGGER audit_transactions_updated_at BEFORE UPDATE ON audit_transactions
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER audit_transactions_organization_id_fixed BEFORE UPDATE OF organization_id ON audit_transactions
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('an audited transaction never moves to another organization');
CREATE TRIGGER audit_transactions_kept BEFORE INSERT OR UPDATE OR DELETE ON audit_transactions
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('the audit log is written by the database only');

SELECT isolate_tenants('audit_transactions');

COMMENT ON TABLE  audit_transactions                 IS 'A transaction that changed data of an organization: a link of its chain.';
COMMENT ON COLUMN audit_transactions.organization_id IS 'The tenant.';
COMMENT ON COLUMN audit_transactions.id              IS 'A UUID made from the number and the start of the transaction in PostgreSQL; each organization that it changed has a row with it.';
COMMENT ON COLUMN audit_transactions.number          IS '1, 2, 3 … per organization in the order of the commits, without gaps; null until the transaction commits, which only itself can see.';
COMMENT ON COLUMN audit_transactions.hash            IS 'SHA-256 of its number, its entries and the hash of the transaction before; null until the transaction commits.';
COMMENT ON COLUMN audit_transactions.created_at      IS 'When the transaction began.';
COMMENT ON COLUMN audit_transactions.updated_at      IS 'When it was hashed, at its commit.';


CREATE TABLE audit_entries (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    transaction_id  uuid        NOT NULL,
    actor_type      text        NOT NULL,
    actor_id        uuid,
    database_role   text        NOT NULL,
    action          text        NOT NULL,
    table_name      text        NOT NULL,
    row_id          uuid,
    before          jsonb,
    after           jsonb,
    created_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT audit_entries_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT audit_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT audit_entries_actor_type_values    CHECK (actor_type IN ('user', 'api_key', 'service')),
    CONSTRAINT audit_entries_actor_id_type        CHECK ((actor_id IS NULL) = (actor_type = 'service')),
    CONSTRAINT audit_entries_action_values        CHECK (action IN ('insert', 'update', 'delete'))
);

CREATE INDEX audit_entries_created_at_idx     ON audit_entries (organization_id, created_at, id);
CREATE INDEX audit_entries_transaction_id_idx ON audit_entries (organization_id, transaction_id);
CREATE INDEX audit_entries_table_name_idx     ON audit_entries (organization_id, table_name, created_at, id);
CREATE INDEX audit_entries_row_id_idx         ON audit_entries (organization_id, row_id, created_at, id) WHERE row_id IS NOT NULL;
CREATE INDEX audit_entries_actor_id_idx       ON audit_entries (organization_id, actor_id, created_at, id) WHERE actor_id IS NOT NULL;

CREATE TRIGGER audit_entries_immutable BEFORE UPDATE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change('an entry of the audit log never changes');
CREATE TRIGGER audit_entries_kept BEFORE INSERT OR DELETE ON audit_entries
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('the audit log is written by the database only');

SELECT isolate_tenants('audit_entries');

COMMENT ON TABLE  audit_entries                 IS 'A change of a row. Never changes; deleted only when the first part of the log is cut.';
COMMENT ON COLUMN audit_entries.organization_id IS 'The tenant.';
COMMENT ON COLUMN audit_entries.id              IS 'A random UUID.';
COMMENT ON COLUMN audit_entries.transaction_id  IS 'The transaction. Not a foreign key, which would be checked for each entry: the hash of the transaction covers its entries.';
COMMENT ON COLUMN audit_entries.actor_type      IS 'Who changed it: user, api_key or service, as the transaction has set.';
COMMENT ON COLUMN audit_entries.actor_id        IS 'The user or the API key; null for a service. Not a foreign key: the entry outlives both.';
COMMENT ON COLUMN audit_entries.database_role   IS 'The role that the connection logged in with.';
COMMENT ON COLUMN audit_entries.action          IS 'insert, update or delete.';
COMMENT ON COLUMN audit_entries.table_name      IS 'The table.';
COMMENT ON COLUMN audit_entries.row_id          IS 'The id of the row; null for the spans that one statement deleted together.';
COMMENT ON COLUMN audit_entries.before          IS 'JSON object of the values before, by column: of an update those that changed, of a deletion those that were not null. Secrets and payloads are replaced by "(left out)". Null for an insert.';
COMMENT ON COLUMN audit_entries.after           IS 'JSON object of the values afterwards, as before; null for a deletion.';
COMMENT ON COLUMN audit_entries.created_at      IS 'When it was changed, by the clock; later changes of a transaction have later times.';


-- The chain.

CREATE FUNCTION audit_hash(organization uuid, transaction uuid, number bigint, started_at timestamptz, previous bytea) RETURNS bytea
    LANGUAGE sql STABLE SET search_path FROM CURRENT AS
$$
    SELECT sha256(convert_to(jsonb_build_array(
        organization, transaction, audit_hash.number, (extract(epoch FROM started_at) * 1000000)::bigint, encode(previous, 'hex'),
        encode(sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(
            e.id, e.actor_type, e.actor_id, e.database_role, e.action, e.table_name, e.row_id, e.before, e.after,
            (extract(epoch FROM e.created_at) * 1000000)::bigint)::text, 'UTF8')), '' ORDER BY e.id), '')), 'hex'))::text, 'UTF8'))
    FROM audit_entries e WHERE e.organization_id = organization AND e.transaction_id = transaction
$$;
COMMENT ON FUNCTION audit_hash(uuid, uuid, bigint, timestamptz, bytea) IS
    'The hash of a transaction with its entries and the hash before: of all that is stored, with times in the microseconds that are stored.';

CREATE FUNCTION seal_audit_transaction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    sealed   audit_transactions;
    head     audit_logs;
    previous bytea;
BEGIN
    SELECT * INTO sealed FROM audit_transactions WHERE organization_id = NEW.organization_id AND id = NEW.id AND hash IS NULL;
    IF NOT FOUND THEN
        RETURN NULL; -- deleted with its organization, or sealed meanwhile
    END IF;
    INSERT INTO audit_logs (organization_id, id)
    SELECT NEW.organization_id, gen_random_uuid() WHERE NOT EXISTS (SELECT FROM audit_logs WHERE organization_id = NEW.organization_id)
    ON CONFLICT ON CONSTRAINT audit_logs_organization_id_key DO NOTHING;
    SELECT * INTO head FROM audit_logs WHERE organization_id = NEW.organization_id FOR UPDATE;
    -- With a number, it is sealed anew: it changed more rows after SET CONSTRAINTS … IMMEDIATE. It holds the lock since, so it is the last.
    previous := CASE WHEN sealed.number IS NULL THEN head.last_hash ELSE coalesce(
        (SELECT hash FROM audit_transactions WHERE organization_id = NEW.organization_id AND number = sealed.number - 1), head.cut_hash) END;
    sealed.number := coalesce(sealed.number, head.last_number + 1);
    sealed.hash := audit_hash(sealed.organization_id, sealed.id, sealed.number, sealed.created_at, previous);
    UPDATE audit_transactions SET number = sealed.number, hash = sealed.hash
    WHERE organization_id = NEW.organization_id AND id = NEW.id;
    UPDATE audit_logs SET last_number = sealed.number, last_hash = sealed.hash
    WHERE organization_id = NEW.organization_id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION seal_audit_transaction() IS
    'Trigger: appends the transaction to the chain at its commit. Commits that changed one organization wait for each other there, and only there.';
SELECT share_with_services('seal_audit_transaction()', 'audit_transactions');

CREATE CONSTRAINT TRIGGER audit_transactions_sealed AFTER INSERT OR UPDATE ON audit_transactions DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.hash IS NULL) EXECUTE FUNCTION seal_audit_transaction();


CREATE FUNCTION current_audit_transaction() RETURNS uuid
    LANGUAGE sql STABLE
    RETURN md5(format('%s %s', pg_current_xact_id_if_assigned(), extract(epoch FROM now())))::uuid;
COMMENT ON FUNCTION current_audit_transaction() IS
    'The audit_transactions.id of the present transaction: from its number and start, which a restored database never has together again.';


-- The entries. An organization that is deleted takes its log along, so its other rows are deleted without entries.

CREATE FUNCTION add_audit_entry(
    organization uuid, operation text, changed_table text, changed_row uuid, old_values jsonb, new_values jsonb) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    actor       text := coalesce(nullif(current_setting(current_schema() || '.actor', true), ''), 'service');
    transaction uuid := current_audit_transaction();
BEGIN
    INSERT INTO audit_entries (organization_id, id, transaction_id, actor_type, actor_id, database_role, action, table_name, row_id,
                               before, after, created_at)
    SELECT o.id, gen_random_uuid(), transaction, split_part(actor, ':', 1), nullif(split_part(actor, ':', 2), '')::uuid, session_user,
           operation, changed_table, changed_row, old_values, new_values, clock_timestamp()
    FROM organizations o WHERE o.id = organization;
    IF FOUND THEN
        INSERT INTO audit_transactions (organization_id, id) VALUES (organization, transaction)
        ON CONFLICT ON CONSTRAINT audit_transactions_pkey DO UPDATE SET hash = NULL WHERE audit_transactions.hash IS NOT NULL;
    END IF;
END
$$;
COMMENT ON FUNCTION add_audit_entry(uuid, text, text, uuid, jsonb, jsonb) IS
    'Adds an entry to the log of an organization. The actor is in the setting actor with the schema in front: user:<id>, api_key:<id> or service.';

CREATE FUNCTION audited_values(one jsonb, other jsonb, left_out text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN one IS NOT NULL THEN (
        SELECT coalesce(jsonb_object_agg(c.key, CASE WHEN c.key = ANY (left_out) AND c.value <> 'null' THEN '"(left out)"' ELSE c.value END), '{}')
        FROM jsonb_each(one) c WHERE c.value <> coalesce(other -> c.key, 'null')) END;
COMMENT ON FUNCTION audited_values(jsonb, jsonb, text[]) IS
    'The values of one version of a row that the other has not, without those that are left out; null if there is no such version.';

CREATE FUNCTION audit_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    changes  refcursor;
    old_row  jsonb;
    new_row  jsonb;
    left_out text[] := TG_ARGV[0];
    ignored  text[] := TG_ARGV[1]::text[] || '{organization_id,id,updated_at}'::text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        OPEN changes FOR SELECT NULL::jsonb, to_jsonb(n) FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        OPEN changes FOR SELECT to_jsonb(o), NULL::jsonb FROM old_rows o;
    ELSIF TG_TABLE_NAME = 'organizations' THEN
        OPEN changes FOR SELECT to_jsonb(o), to_jsonb(n) FROM old_rows o JOIN new_rows n ON n.id = o.id;
    ELSE
        OPEN changes FOR SELECT to_jsonb(o), to_jsonb(n) FROM old_rows o
            FULL JOIN new_rows n ON n.organization_id = o.organization_id AND n.id = o.id;
    END IF;
    LOOP
        FETCH changes INTO old_row, new_row;
        EXIT WHEN NOT FOUND;
        CONTINUE WHEN old_row - ignored = new_row - ignored;
        PERFORM add_audit_entry(
            coalesce(new_row ->> 'organization_id', old_row ->> 'organization_id', new_row ->> 'id', old_row ->> 'id')::uuid,
            lower(TG_OP), TG_TABLE_NAME, coalesce(new_row ->> 'id', old_row ->> 'id')::uuid,
            audited_values(old_row - ignored, new_row, left_out), audited_values(new_row - ignored, old_row, left_out));
    END LOOP;
    CLOSE changes;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_rows() IS
    'Trigger: adds an entry for each row that the statement changed. Its arguments are the columns whose values are left out, and those whose changes make no entry.';
SELECT share_with_services('audit_rows()', 'audit_entries');

CREATE FUNCTION audit_changes(target regclass, left_out text[] DEFAULT '{}', ignored text[] DEFAULT '{}') RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    name      text := (SELECT relname FROM pg_class WHERE oid = target);
    operation text;
    images    text;
BEGIN
    FOR operation, images IN VALUES
        ('insert', 'NEW TABLE AS new_rows'),
        ('update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows'),
        ('delete', 'OLD TABLE AS old_rows')
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION audit_rows(%L, %L)',
            name || '_audited_' || operation, operation, target, images, left_out, ignored);
    END LOOP;
END
$$;
COMMENT ON FUNCTION audit_changes(regclass, text[], text[]) IS
    'For every table: writes its changes to the audit log. The values of the columns left_out are never stored there; changes of the columns ignored alone make no entry.';

-- Without policy_versions and repriced_spans, which the database and a repricing derive from what is audited.
SELECT audit_changes('organizations');
SELECT audit_changes('users', '{password_hash,previous_password_hashes}', '{last_login_at,failed_login_attempts}');
SELECT audit_changes('model_providers', '{encrypted_api_key}');
SELECT audit_changes('ai_models');
SELECT audit_changes('model_prices');
SELECT audit_changes('projects');
SELECT audit_changes('prompts');
SELECT audit_changes('prompt_versions', '{messages,tools,response_format,variables,model_configuration}');
SELECT audit_changes('prompt_deployments');
SELECT audit_changes('evaluations', ignored => '{total_tests,passed_tests,failed_tests,error_tests,scored_tests,score_sum,average_score}');
SELECT audit_changes('evaluation_results', '{input,expected_output,actual_output,scores,metrics,error_message}');
SELECT audit_changes('evaluators');
SELECT audit_changes('evaluator_versions', '{configuration_schema,configuration_defaults,prompts}');
SELECT audit_changes('policies');
SELECT audit_changes('policy_violations', '{metadata}');
SELECT audit_changes('repricings', ignored => '{reached_at,reached_id,traces,spans,kept_spans,cost_before,cost_after}');


-- Of traces and spans, which applications send, only what people do to them: their deletion and redaction.

CREATE FUNCTION audit_trace_deletion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    PERFORM add_audit_entry(o.organization_id, 'delete', TG_TABLE_NAME, o.id, jsonb_build_object(
        'project_id', o.project_id, 'name', o.name, 'status', o.status, 'started_at', o.started_at, 'span_count', o.span_count), NULL)
    FROM old_rows o;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_trace_deletion() IS 'Trigger: adds an entry for each deleted trace.';
SELECT share_with_services('audit_trace_deletion()', 'audit_entries');
CREATE TRIGGER traces_audited_delete AFTER DELETE ON traces
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_trace_deletion();

CREATE FUNCTION audit_span_deletion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    PERFORM add_audit_entry(deleted.organization_id, 'delete', TG_TABLE_NAME, NULL, deleted.summary, NULL)
    FROM (SELECT o.organization_id, jsonb_build_object('spans', count(*), 'traces', count(DISTINCT o.trace_id)) AS summary
          FROM old_rows o GROUP BY o.organization_id) deleted;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_span_deletion() IS 'Trigger: adds one entry for all the spans that a statement deleted.';
SELECT share_with_services('audit_span_deletion()', 'audit_entries');
CREATE TRIGGER spans_audited_delete AFTER DELETE ON spans
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_span_deletion();

CREATE FUNCTION audit_redaction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    PERFORM add_audit_entry(NEW.organization_id, 'update', TG_ARGV[0], NEW.id,
        jsonb_build_object('redacted_at', OLD.redacted_at, 'redacted_by', OLD.redacted_by, 'redaction_note', OLD.redaction_note),
        jsonb_build_object('redacted_at', NEW.redacted_at, 'redacted_by', NEW.redacted_by, 'redaction_note', NEW.redaction_note));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_redaction() IS 'Trigger: adds an entry for a redacted trace or span. Its argument is the table, since the trigger of a partition has another.';
SELECT share_with_services('audit_redaction()', 'audit_entries');
-- Ingest never sets the column, so the triggers cost it nothing.
CREATE TRIGGER traces_audited_redaction AFTER UPDATE OF redacted_at ON traces
    FOR EACH ROW WHEN (NEW.redacted_at IS DISTINCT FROM OLD.redacted_at) EXECUTE FUNCTION audit_redaction('traces');
CREATE TRIGGER spans_audited_redaction AFTER UPDATE OF redacted_at ON spans
    FOR EACH ROW WHEN (NEW.redacted_at IS DISTINCT FROM OLD.redacted_at) EXECUTE FUNCTION audit_redaction('spans');


-- Retention: the first transactions are cut off, and the hash of the last of them is kept.

CREATE FUNCTION check_audit_cut() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
BEGIN
    IF NEW.cut_number NOT BETWEEN OLD.cut_number AND OLD.last_number
        OR (to_jsonb(NEW) - '{cut_number,updated_at}'::text[]) <> (to_jsonb(OLD) - '{cut_number,updated_at}'::text[]) THEN
        RAISE EXCEPTION 'of an audit log, only the first transactions can be cut off' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    NEW.cut_hash := coalesce(
        (SELECT hash FROM audit_transactions WHERE organization_id = NEW.organization_id AND number = NEW.cut_number), OLD.cut_hash);
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_audit_cut() IS 'Trigger: accepts a greater cut_number only, and keeps the hash of the transaction with this number.';
CREATE TRIGGER audit_logs_cut_number BEFORE UPDATE ON audit_logs
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION check_audit_cut();

CREATE FUNCTION cut_audit_log() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
BEGIN
    DELETE FROM audit_entries e USING audit_transactions t
    WHERE e.organization_id = NEW.organization_id AND t.organization_id = NEW.organization_id
    AND t.number <= NEW.cut_number AND e.transaction_id = t.id;
    DELETE FROM audit_transactions WHERE organization_id = NEW.organization_id AND number <= NEW.cut_number;
    PERFORM add_audit_entry(NEW.organization_id, 'update', TG_TABLE_NAME, NEW.id,
        jsonb_build_object('cut_number', OLD.cut_number, 'cut_hash', encode(OLD.cut_hash, 'hex')),
        jsonb_build_object('cut_number', NEW.cut_number, 'cut_hash', encode(NEW.cut_hash, 'hex')));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION cut_audit_log() IS 'Trigger: deletes the transactions up to cut_number with their entries, and adds an entry that says so.';
CREATE TRIGGER audit_logs_cut AFTER UPDATE OF cut_number ON audit_logs
    FOR EACH ROW WHEN (NEW.cut_number > OLD.cut_number) EXECUTE FUNCTION cut_audit_log();
