-- Remembers the content of a test database, and restores it. In a schema of its own.

DROP SCHEMA IF EXISTS promptforge_test_snapshot CASCADE;
CREATE SCHEMA promptforge_test_snapshot;

-- The tables of the snapshot. A row whose xmin is greater than newest_xid is newer than the snapshot.
CREATE TABLE promptforge_test_snapshot.tables (
    id         oid    PRIMARY KEY,
    columns    text   NOT NULL,
    row_count  bigint NOT NULL,
    newest_xid bigint NOT NULL
);

CREATE TABLE promptforge_test_snapshot.sequences (
    id         oid     PRIMARY KEY,
    last_value bigint  NOT NULL,
    is_called  boolean NOT NULL
);

-- All tables with rows: partitions are among them, partitioned tables are not.
CREATE VIEW promptforge_test_snapshot.present AS
SELECT c.oid AS id, format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind, c.relispartition AS is_partition
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'S')
   AND c.relpersistence <> 't'
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'promptforge_test_snapshot')
   AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

CREATE FUNCTION promptforge_test_snapshot.xid() RETURNS bigint
    LANGUAGE sql SET search_path = pg_catalog
RETURN pg_current_xact_id()::text::bigint & 4294967295;

CREATE FUNCTION promptforge_test_snapshot.take() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
    present record;
    stored  bigint;
BEGIN
    FOR present IN SELECT * FROM promptforge_test_snapshot.present WHERE kind = 'r' LOOP
        EXECUTE format('SELECT count(*) FROM ONLY %s', present.name) INTO stored;
        INSERT INTO promptforge_test_snapshot.tables
        SELECT present.id, coalesce(string_agg(quote_ident(attname), ', ' ORDER BY attnum), ''), stored,
               promptforge_test_snapshot.xid()
          FROM pg_attribute
         WHERE attrelid = present.id AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        IF stored > 0 THEN
            EXECUTE format('CREATE TABLE promptforge_test_snapshot.%I AS SELECT * FROM ONLY %s',
                           'rows_' || present.id, present.name);
        END IF;
    END LOOP;
    FOR present IN SELECT * FROM promptforge_test_snapshot.present WHERE kind = 'S' LOOP
        EXECUTE format('INSERT INTO promptforge_test_snapshot.sequences SELECT %s, last_value, is_called FROM %s',
                       present.id, present.name);
    END LOOP;
END $$;

-- Restores the content, with triggers and foreign keys switched off. A table that is as it was is not written. New tables are
-- dropped; new partitions are emptied, because the next test would make them again. Returns the large tables that it emptied.
CREATE FUNCTION promptforge_test_snapshot.restore() RETURNS SETOF text
    LANGUAGE plpgsql SET search_path = pg_catalog SET session_replication_role = replica
AS $$
DECLARE
    present   record;
    unchanged boolean;
BEGIN
    FOR present IN
        SELECT p.id, p.name, p.is_partition, t.id IS NULL AS is_new, coalesce(t.row_count, 0) AS row_count, t.columns, t.newest_xid
          FROM promptforge_test_snapshot.present p
          LEFT JOIN promptforge_test_snapshot.tables t ON t.id = p.id
         WHERE p.kind = 'r'
           AND (coalesce(t.row_count, 0) > 0 OR t.id IS NULL OR pg_relation_size(p.id) > 0)
    LOOP
        IF present.is_new AND NOT present.is_partition THEN
            EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', present.name);
        ELSIF present.row_count = 0 THEN
            EXECUTE format('DELETE FROM ONLY %s', present.name);
        ELSE
            EXECUTE format('SELECT count(*) = $1 AND count(*) FILTER (WHERE xmin::text::bigint > $2) = 0 FROM ONLY %s',
                           present.name)
               INTO unchanged USING present.row_count, present.newest_xid;
            IF NOT unchanged THEN
                EXECUTE format('DELETE FROM ONLY %s', present.name);
                EXECUTE format('INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM promptforge_test_snapshot.%3$I',
                               present.name, present.columns, 'rows_' || present.id);
                UPDATE promptforge_test_snapshot.tables
                   SET newest_xid = promptforge_test_snapshot.xid()
                 WHERE id = present.id;
            END IF;
        END IF;
        IF pg_relation_size(to_regclass(present.name)) > 1048576 THEN
            RETURN NEXT present.name;
        END IF;
    END LOOP;
    FOR present IN
        SELECT p.name, s.*
          FROM promptforge_test_snapshot.present p
          JOIN promptforge_test_snapshot.sequences s ON s.id = p.id
         WHERE p.kind = 'S'
    LOOP
        EXECUTE format('SELECT setval($1, $2, $3) FROM %s WHERE (last_value, is_called) IS DISTINCT FROM ($2, $3)', present.name)
          USING present.id::regclass, present.last_value, present.is_called;
    END LOOP;
END $$;

SELECT promptforge_test_snapshot.take();
