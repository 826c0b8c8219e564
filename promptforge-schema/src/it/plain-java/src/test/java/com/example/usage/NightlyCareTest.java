package com.example.usage;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyCareTest {
    @Test
    void findsAFaultAndBringsALostDatabaseBack(@TempDir Path folder) {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DataSource database = server.dataSource("postgres");
            UsageReport.open(database);
            DSLContext sql = DSL.using(database, SQLDialect.POSTGRES);
            sql.insertInto(ORGANIZATIONS)
                    .set(ORGANIZATIONS.ID, UUID.randomUUID())
                    .set(ORGANIZATIONS.NAME, "Acme")
                    .set(ORGANIZATIONS.SLUG, "acme")
                    .execute();
            NightlyCare care = new NightlyCare(database);
            long rows = care.backUp(folder.resolve("night.backup"));

            sql.execute("ALTER TABLE promptforge.projects DROP CONSTRAINT projects_name_length");
            assertThat(care.alarms()).anyMatch(alarm -> alarm.startsWith("SCHEMA_CHANGED: "));

            sql.execute("DROP SCHEMA promptforge CASCADE");
            assertThat(care.restore(folder.resolve("night.backup"))).isEqualTo(rows);

            assertThat(UsageReport.open(database).projects()).containsOnlyKeys("acme");
        }
    }
}
