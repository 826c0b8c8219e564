-- The audit log: who changed what, written by the database in the transaction of the change, so that no way of writing misses it.
--
-- The transactions of an organization form a chain: each has a number without gaps and the hash of its entries together with the
-- hash before it. What is changed, removed or inserted later, also by a superuser, no longer fits the hashes. A superuser could also
-- write a whole new chain; that is found by comparing it with a hash that was exported before.

CREATE FUNCTION current_audit_transaction() RETURNS uuid
    LANGUAGE sql STABLE
    RETURN md5(format('%s %s %s', pg_current_xact_id_if_assigned(), extract(epoch FROM now()),
        current_setting(current_schema() || '.audited_transactions', true)))::uuid;
COMMENT ON FUNCTION current_audit_transaction() IS
    'The id for the next changes of the present transaction: from its number and start, which a restored database never has together again, and from how often it was hashed.';

CREATE FUNCTION current_actor(part text) RETURNS text
    LANGUAGE sql STABLE
    RETURN nullif(split_part(coalesce(nullif(current_setting(current_schema() || '.actor', true), ''), 'service'), ':', CASE part WHEN 'type' THEN 1 ELSE 2 END), '');
COMMENT ON FUNCTION current_actor(text) IS
    'The type or the id of the actor of the present statement, which is in the setting actor with the schema in front: user:<id>, api_key:<id> or service.';


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
SELECT keep_from_services('audit_logs');

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
    number          bigint      NOT NULL,
    hash            bytea       NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT audit_transactions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT audit_transactions_number_key           UNIQUE (organization_id, number)
);

-- The newest index here and below is the one that a commit needs; V1 says why.
ALTER TABLE audit_transactions ADD CONSTRAINT audit_transactions_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER audit_transactions_immutable BEFORE UPDATE ON audit_transactions
    FOR EACH ROW EXECUTE FUNCTION refuse_change('a transaction in the audit log never changes');
CREATE TRIGGER audit_transactions_kept BEFORE INSERT OR DELETE ON audit_transactions
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('the audit log is written by the database only');

SELECT isolate_tenants('audit_transactions');
SELECT keep_from_services('audit_transactions');

COMMENT ON TABLE  audit_transactions                 IS 'A transaction that changed data of an organization: a link of its chain. Written at the commit; never changes.';
COMMENT ON COLUMN audit_transactions.organization_id IS 'The tenant.';
COMMENT ON COLUMN audit_transactions.id              IS 'A UUID made from the number and the start of the transaction in PostgreSQL; each organization that it changed has a row with it.';
COMMENT ON COLUMN audit_transactions.number          IS '1, 2, 3 … per organization in the order of the commits, without gaps.';
COMMENT ON COLUMN audit_transactions.hash            IS 'SHA-256 of the hash of the transaction before, its own columns and its entries.';
COMMENT ON COLUMN audit_transactions.created_at      IS 'When the transaction began.';


CREATE TABLE audit_entries (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL DEFAULT gen_random_uuid(),
    transaction_id  uuid        NOT NULL DEFAULT current_audit_transaction(),
    actor_type      text        NOT NULL DEFAULT current_actor('type'),
    actor_id        uuid                 DEFAULT current_actor('id')::uuid,
    database_role   text        NOT NULL DEFAULT session_user,
    action          text        NOT NULL,
    table_name      text        NOT NULL,
    row_id          uuid,
    before          jsonb,
    after           jsonb,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT audit_entries_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT audit_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT audit_entries_actor_type_values    CHECK (actor_type IN ('user', 'api_key', 'service')),
    CONSTRAINT audit_entries_actor_id_type        CHECK ((actor_id IS NULL) = (actor_type = 'service')),
    CONSTRAINT audit_entries_action_values        CHECK (action IN ('insert', 'update', 'delete'))
);

-- The statistics may see few transactions of many entries; a cached plan for the entries of one would then seem so dear that
-- PostgreSQL plans at each commit.
ALTER TABLE audit_entries ALTER transaction_id SET (n_distinct = -0.5);

CREATE INDEX audit_entries_created_at_idx     ON audit_entries (organization_id, created_at, id);
CREATE INDEX audit_entries_table_name_idx     ON audit_entries (organization_id, table_name, created_at, id);
CREATE INDEX audit_entries_row_id_idx         ON audit_entries (organization_id, row_id, created_at, id) WHERE row_id IS NOT NULL;
CREATE INDEX audit_entries_actor_id_idx       ON audit_entries (organization_id, actor_id, created_at, id) WHERE actor_id IS NOT NULL;
-- For commits; any other would read the whole log of the organization.
CREATE INDEX audit_entries_transaction_id_idx ON audit_entries (organization_id, transaction_id);

CREATE TRIGGER audit_entries_immutable BEFORE UPDATE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change('an entry of the audit log never changes');
CREATE TRIGGER audit_entries_kept BEFORE INSERT OR DELETE ON audit_entries
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change('the audit log is written by the database only');

SELECT isolate_tenants('audit_entries');
SELECT keep_from_services('audit_entries');

COMMENT ON TABLE  audit_entries                 IS 'A change of a row. Never changes; deleted only when the first part of the log is cut.';
COMMENT ON COLUMN audit_entries.organization_id IS 'The tenant.';
COMMENT ON COLUMN audit_entries.id              IS 'A random UUID.';
COMMENT ON COLUMN audit_entries.transaction_id  IS 'The transaction in audit_transactions, whose hash covers this entry. Not a foreign key, because its row is written at the commit.';
COMMENT ON COLUMN audit_entries.actor_type      IS 'Who changed it: user, api_key or service, as the transaction has set.';
COMMENT ON COLUMN audit_entries.actor_id        IS 'The user or the API key; null for a service. Not a foreign key: the entry outlives both.';
COMMENT ON COLUMN audit_entries.database_role   IS 'The role that the connection logged in with.';
COMMENT ON COLUMN audit_entries.action          IS 'insert, update or delete.';
COMMENT ON COLUMN audit_entries.table_name      IS 'The table.';
COMMENT ON COLUMN audit_entries.row_id          IS 'The id of the row; null for traces, spans and results that one statement wrote together.';
COMMENT ON COLUMN audit_entries.before          IS 'JSON object of the values before, by column: of an update those that changed, of a deletion all. Without secrets and payloads; a changed one is "(left out)". Null for an insert.';
COMMENT ON COLUMN audit_entries.after           IS 'JSON object of the values afterwards, as before; null for a deletion.';
COMMENT ON COLUMN audit_entries.created_at      IS 'When it was changed, by the clock.';


-- The chain.

-- Both are only as volatile as what they call, or PostgreSQL would not put them into the statements that call them, and each call
-- would take as long as a statement. The columns one by one, because the rows of the shards of Citus are of other types than those of
-- the table.
CREATE FUNCTION audit_digest(id uuid, actor_type text, actor_id uuid, database_role text, action text, table_name text, row_id uuid,
    before jsonb, after jsonb, created_at timestamptz) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN sha256(convert_to(jsonb_build_array(id, actor_type, actor_id, database_role, action, table_name, row_id, before, after,
        extract(epoch FROM created_at))::text, 'UTF8'));
COMMENT ON FUNCTION audit_digest(uuid, text, uuid, text, text, text, uuid, jsonb, jsonb, timestamptz) IS 'The hash of an entry: of all that is stored, with the microseconds that are stored.';

-- Of the binary forms, which depend on no setting and have fixed lengths: Citus takes only IMMUTABLE functions in an UPDATE.
CREATE FUNCTION audit_hash(organization uuid, previous bytea, number bigint, transaction uuid, began_at timestamptz, digests bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    RETURN sha256(uuid_send(organization) || int8send(number) || uuid_send(transaction) || timestamptz_send(began_at) || previous || digests);
COMMENT ON FUNCTION audit_hash(uuid, bytea, bigint, uuid, timestamptz, bytea) IS
    'The hash of a transaction: of the hash before, its columns, and the digests of its entries in ascending order.';

-- Connections keep its plans, also those made while the log was small; then PostgreSQL would read the whole table for good.
CREATE FUNCTION seal_audit_transaction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET enable_seqscan TO off AS
$$
DECLARE
    digests bytea;
    head    record;
BEGIN
    PERFORM 1 FROM audit_transactions WHERE organization_id = NEW.organization_id AND id = NEW.transaction_id;
    IF FOUND THEN
        RETURN NULL; -- with another entry
    END IF;
    SELECT string_agg(digest, '' ORDER BY digest) INTO digests
    FROM (SELECT audit_digest(id, actor_type, actor_id, database_role, action, table_name, row_id, before, after, created_at) AS digest
          FROM audit_entries WHERE organization_id = NEW.organization_id AND transaction_id = NEW.transaction_id) e;
    LOOP
        UPDATE audit_logs SET
            last_number = last_number + 1,
            last_hash   = audit_hash(organization_id, last_hash, last_number + 1, NEW.transaction_id, now(), digests)
        WHERE organization_id = NEW.organization_id
        RETURNING last_number, last_hash INTO head;
        IF FOUND THEN
            INSERT INTO audit_transactions (organization_id, id, number, hash)
            VALUES (NEW.organization_id, NEW.transaction_id, head.last_number, head.last_hash);
            EXIT;
        END IF;
        PERFORM 1 FROM organizations WHERE id = NEW.organization_id;
        EXIT WHEN NOT FOUND; -- deleted, with its log
        INSERT INTO audit_logs (organization_id, id) VALUES (NEW.organization_id, gen_random_uuid())
        ON CONFLICT ON CONSTRAINT audit_logs_organization_id_key DO NOTHING;
    END LOOP;
    -- After SET CONSTRAINTS … IMMEDIATE, the transaction may go on.
    PERFORM set_config(current_schema() || '.audited_transactions', NEW.transaction_id::text, true);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION seal_audit_transaction() IS
    'Trigger: appends the transaction to the chain at its commit. Commits that changed one organization wait for each other there, and only there.';
SELECT share_with_services('seal_audit_transaction()', 'audit_entries');

CREATE CONSTRAINT TRIGGER audit_entries_sealed AFTER INSERT ON audit_entries DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION seal_audit_transaction();


-- The entries. An organization that is deleted takes its log along, so the rows that are deleted with it make no entries.

-- For each row, since that is cheaper than transition tables: most statements change one.
CREATE FUNCTION audit_row() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    table_name    text   := TG_ARGV[0];
    ignored       text[] := TG_ARGV[1];
    left_out      text[] := TG_ARGV[2];
    old_row       jsonb  := to_jsonb(OLD);
    new_row       jsonb  := to_jsonb(NEW);
    either        jsonb  := coalesce(old_row, new_row);
    organization  uuid   := coalesce(either ->> 'organization_id', either ->> 'id');
    values_before jsonb;
    values_after  jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_entries (organization_id, action, table_name, row_id, after)
        VALUES (organization, 'insert', table_name, (new_row ->> 'id')::uuid, new_row - 'id' - ignored - left_out);
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_entries (organization_id, action, table_name, row_id, before)
        SELECT id, 'delete', table_name, (old_row ->> 'id')::uuid, old_row - 'id' - ignored - left_out
        FROM organizations WHERE id = organization;
    ELSE
        SELECT jsonb_object_agg(key, CASE WHEN key = ANY (left_out) THEN '"(left out)"' ELSE value END),
               jsonb_object_agg(key, CASE WHEN key = ANY (left_out) THEN '"(left out)"' ELSE new_row -> key END)
        INTO values_before, values_after
        FROM jsonb_each(old_row - ignored)
        WHERE value <> new_row -> key;
        IF values_before IS NULL THEN
            RETURN NULL;
        END IF;
        -- Only a cascade, whose updates come from other triggers, can be that of the organization.
        IF pg_trigger_depth() > 1 THEN
            PERFORM 1 FROM organizations WHERE id = organization;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
        END IF;
        INSERT INTO audit_entries (organization_id, action, table_name, row_id, before, after)
        VALUES (organization, 'update', table_name, (old_row ->> 'id')::uuid, values_before, values_after);
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_row() IS
    'Trigger: adds an entry for a changed row. Its arguments are the table, since a shard has another name, the columns that entries never have, and those whose values they never have.';
SELECT share_with_services('audit_row()', 'audit_entries');

CREATE FUNCTION audit_changes(target regclass, left_out text[] DEFAULT '{}', ignored text[] DEFAULT '{}') RETURNS void
    LANGUAGE plpgsql AS
$$
BEGIN
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION audit_row(%L, %L, %L)',
        (SELECT relname FROM pg_class WHERE oid = target) || '_audited', target,
        (SELECT relname FROM pg_class WHERE oid = target), ignored || '{organization_id,updated_at}'::text[], left_out);
END
$$;
COMMENT ON FUNCTION audit_changes(regclass, text[], text[]) IS
    'For every table: writes its changes to the audit log. The values of the columns left_out are never stored there; changes of the columns ignored make no entry.';

-- Without policy_versions and repriced_spans, which the database and a repricing derive from what is audited. Each of the earlier ends
-- of an evaluation is in the entry of the change that resumed it.
SELECT audit_changes('organizations');
SELECT audit_changes('users', '{password_hash,previous_password_hashes}', '{last_login_at,failed_login_attempts}');
SELECT audit_changes('model_providers', '{encrypted_api_key}');
SELECT audit_changes('ai_models');
SELECT audit_changes('model_prices');
SELECT audit_changes('projects');
SELECT audit_changes('prompts');
SELECT audit_changes('prompt_versions', '{messages,tools,response_format,variables,model_configuration}');
SELECT audit_changes('prompt_deployments');
SELECT audit_changes('evaluations', '{earlier_ends}', '{total_tests,passed_tests,failed_tests,error_tests,scored_tests,score_sum,average_score}');
SELECT audit_changes('evaluators');
SELECT audit_changes('evaluator_versions', '{configuration_schema,configuration_defaults,prompts}');
SELECT audit_changes('policies');
SELECT audit_changes('policy_violations', '{metadata}');
SELECT audit_changes('repricings', ignored => '{reached_at,reached_id,traces,spans,kept_spans,cost_before,cost_after}');


-- Results, traces and spans are written by applications, and there are many: for those that a statement inserts or deletes together,
-- there is one entry with their number. Traces and spans that are inserted make none, nor do their updates, but for redactions.

CREATE FUNCTION audit_results() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    changed record;
BEGIN
    FOR changed IN
        SELECT organization_id, CASE count(*) WHEN 1 THEN (array_agg(id))[1] END AS row_id,
            jsonb_build_object('project_id', project_id, 'evaluation_id', evaluation_id, 'results', count(*)) AS summary
        FROM changed_rows GROUP BY organization_id, project_id, evaluation_id
    LOOP
        INSERT INTO audit_entries (organization_id, action, table_name, row_id, before, after)
        SELECT id, lower(TG_OP), 'evaluation_results', changed.row_id,
            CASE TG_OP WHEN 'DELETE' THEN changed.summary END, CASE TG_OP WHEN 'INSERT' THEN changed.summary END
        FROM organizations WHERE id = changed.organization_id;
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_results() IS 'Trigger: adds an entry for the results of each evaluation that the statement inserted or deleted, with their number.';
SELECT share_with_services('audit_results()', 'audit_entries');

CREATE TRIGGER evaluation_results_audited_insert AFTER INSERT ON evaluation_results
    REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_results();
CREATE TRIGGER evaluation_results_audited_delete AFTER DELETE ON evaluation_results
    REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_results();
-- Without trace_id, which becomes null with the deletion of the trace.
CREATE TRIGGER evaluation_results_audited_update AFTER UPDATE ON evaluation_results
    FOR EACH ROW EXECUTE FUNCTION audit_row('evaluation_results', '{organization_id,updated_at,trace_id}', '{input,expected_output,actual_output,scores,metrics,error_message}');

CREATE FUNCTION audit_trace_deletion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    deleted record;
BEGIN
    FOR deleted IN
        SELECT organization_id, CASE count(*) WHEN 1 THEN (array_agg(id))[1] END AS row_id,
            jsonb_build_object('project_id', project_id, 'traces', count(*), 'spans', sum(span_count),
                'first_occurred_at', min(occurred_at), 'last_occurred_at', max(occurred_at),
                'name', CASE count(*) WHEN 1 THEN min(name) END) AS summary
        FROM old_rows GROUP BY organization_id, project_id
    LOOP
        INSERT INTO audit_entries (organization_id, action, table_name, row_id, before)
        SELECT id, 'delete', 'traces', deleted.row_id, deleted.summary FROM organizations WHERE id = deleted.organization_id;
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_trace_deletion() IS 'Trigger: adds an entry for the traces of each project that the statement deleted, with their number; for a single one, with its id and name.';
SELECT share_with_services('audit_trace_deletion()', 'audit_entries');
CREATE TRIGGER traces_audited_delete AFTER DELETE ON traces
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_trace_deletion();

CREATE FUNCTION audit_span_deletion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
DECLARE
    deleted record;
BEGIN
    FOR deleted IN
        SELECT organization_id, jsonb_build_object('spans', count(*), 'traces', count(DISTINCT trace_id)) AS summary
        FROM old_rows GROUP BY organization_id
    LOOP
        INSERT INTO audit_entries (organization_id, action, table_name, before)
        VALUES (deleted.organization_id, 'delete', 'spans', deleted.summary);
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_span_deletion() IS 'Trigger: adds an entry for the spans that the statement deleted, with their number.';
SELECT share_with_services('audit_span_deletion()', 'audit_entries');
-- Not for each trace of which the cascade deletes spans: the entry of the traces says how many they were.
CREATE TRIGGER spans_audited_delete AFTER DELETE ON spans
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION audit_span_deletion();

CREATE FUNCTION audit_redaction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS
$$
BEGIN
    INSERT INTO audit_entries (organization_id, action, table_name, row_id, before, after)
    VALUES (NEW.organization_id, 'update', TG_ARGV[0], NEW.id,
        jsonb_build_object('redacted_at', OLD.redacted_at, 'redacted_by', OLD.redacted_by, 'redaction_note', OLD.redaction_note),
        jsonb_build_object('redacted_at', NEW.redacted_at, 'redacted_by', NEW.redacted_by, 'redaction_note', NEW.redaction_note));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit_redaction() IS 'Trigger: adds an entry for a redacted trace or span. Its argument is the table, since the trigger of a partition has another.';
SELECT share_with_services('audit_redaction()', 'audit_entries');
-- Recording never sets the column, so it pays nothing for these.
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
        RAISE EXCEPTION 'of an audit log, only the first transactions can be cut off'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, HINT = TG_NAME;
    END IF;
    SELECT hash INTO NEW.cut_hash FROM audit_transactions WHERE organization_id = NEW.organization_id AND number = NEW.cut_number;
    NEW.cut_hash := coalesce(NEW.cut_hash, OLD.cut_hash);
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION check_audit_cut() IS 'Trigger: accepts a greater cut_number only, and keeps the hash of the transaction with this number.';
CREATE TRIGGER audit_logs_protected BEFORE UPDATE ON audit_logs
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION check_audit_cut();

CREATE FUNCTION cut_audit_log() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS
$$
BEGIN
    DELETE FROM audit_entries e USING audit_transactions t
    WHERE e.organization_id = NEW.organization_id AND t.organization_id = NEW.organization_id
    AND t.number <= NEW.cut_number AND e.transaction_id = t.id;
    DELETE FROM audit_transactions WHERE organization_id = NEW.organization_id AND number <= NEW.cut_number;
    INSERT INTO audit_entries (organization_id, action, table_name, row_id, before, after)
    VALUES (NEW.organization_id, 'update', 'audit_logs', NEW.id,
        jsonb_build_object('cut_number', OLD.cut_number, 'cut_hash', encode(OLD.cut_hash, 'hex')),
        jsonb_build_object('cut_number', NEW.cut_number, 'cut_hash', encode(NEW.cut_hash, 'hex')));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION cut_audit_log() IS 'Trigger: deletes the transactions up to cut_number with their entries, and adds an entry that says so.';
CREATE TRIGGER audit_logs_cut AFTER UPDATE OF cut_number ON audit_logs
    FOR EACH ROW WHEN (NEW.cut_number > OLD.cut_number) EXECUTE FUNCTION cut_audit_log();
