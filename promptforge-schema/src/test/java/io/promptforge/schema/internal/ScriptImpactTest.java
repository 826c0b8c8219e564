package io.promptforge.schema.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.internal.ScriptImpact.Lock;
import io.promptforge.schema.internal.ScriptImpact.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptImpactTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ALTER TABLE t ADD COLUMN c text                                     | READS_AND_WRITES | MOMENT
                ALTER TABLE t ADD COLUMN c integer NOT NULL DEFAULT 0               | READS_AND_WRITES | MOMENT
                ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid()           | READS_AND_WRITES | WRITE
                ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a + 1) STORED   | READS_AND_WRITES | WRITE
                ALTER TABLE t ALTER COLUMN c TYPE bigint                            | READS_AND_WRITES | WRITE
                ALTER TABLE t ALTER COLUMN c SET NOT NULL                           | READS_AND_WRITES | SCAN
                ALTER TABLE t ADD CONSTRAINT t_c_check CHECK (c > 0)                | READS_AND_WRITES | SCAN
                ALTER TABLE t ADD CONSTRAINT t_c_check CHECK (c > 0) NOT VALID      | READS_AND_WRITES | MOMENT
                ALTER TABLE t VALIDATE CONSTRAINT t_c_check                         | NOTHING          | SCAN
                ALTER TABLE t ADD CONSTRAINT t_c_key UNIQUE (c)                     | READS_AND_WRITES | WRITE
                ALTER TABLE t ADD CONSTRAINT t_c_key UNIQUE USING INDEX t_c_idx     | READS_AND_WRITES | MOMENT
                ALTER TABLE ONLY t DROP COLUMN c                                    | READS_AND_WRITES | MOMENT
                CREATE INDEX t_c_idx ON t (c)                                       | WRITES           | WRITE
                CREATE UNIQUE INDEX t_c_idx ON t (c)                                | WRITES           | WRITE
                CREATE INDEX CONCURRENTLY t_c_idx ON t (c)                          | NOTHING          | WRITE
                CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f() | WRITES         | MOMENT
                UPDATE t SET c = 1                                                  | NOTHING          | WRITE
                DELETE FROM t WHERE c = 1                                           | NOTHING          | WRITE
                DROP TABLE IF EXISTS t                                              | READS_AND_WRITES | MOMENT
                CREATE TABLE other (t_id uuid REFERENCES t (id))                    | WRITES           | MOMENT
                """)
    void aStatementHasALockAndWork(String statement, Lock lock, Work work) {
        assertThat(ScriptImpact.of(statement + ";")).singleElement().satisfies(impact -> {
            assertThat(impact.table()).isEqualTo("t");
            assertThat(impact.lock()).isEqualTo(lock);
            assertThat(impact.work()).isEqualTo(work);
        });
    }

    @Test
    void tablesThatTheScriptCreatesItselfAreNotLockedForOthers() {
        assertThat(ScriptImpact.of("""
                CREATE TABLE fresh (id uuid, CONSTRAINT fresh_pkey PRIMARY KEY (id));
                CREATE INDEX fresh_idx ON fresh (id);
                ALTER TABLE fresh ALTER COLUMN id SET NOT NULL;
                """)).isEmpty();
    }

    @Test
    void commentsTextsAndFunctionsAreNoStatements() {
        assertThat(ScriptImpact.of("""
                -- DROP TABLE one;
                /* ALTER TABLE two ADD COLUMN c text; */
                COMMENT ON TABLE three IS 'it''s; DROP TABLE three';
                CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN UPDATE four SET c = 1; END $body$;
                """)).isEmpty();
    }

    @Test
    void theStrongestLockAndTheLongestWorkOnATableCount() {
        assertThat(ScriptImpact.of("""
                CREATE INDEX t_c_idx ON t (c);
                ALTER TABLE t ADD COLUMN d text;
                """)).singleElement().satisfies(impact -> {
            assertThat(impact.lock()).isEqualTo(Lock.READS_AND_WRITES);
            assertThat(impact.work()).isEqualTo(Work.WRITE);
        });
    }
}
