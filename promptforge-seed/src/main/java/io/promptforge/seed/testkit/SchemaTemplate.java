package io.promptforge.seed.testkit;

import io.promptforge.schema.Migrations;
import java.time.YearMonth;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The migrated schema: the first template of every chain. */
final class SchemaTemplate implements DatabaseTemplate {
    /** The folder with the migration scripts of promptforge-schema. */
    private static final String SCRIPTS = "META-INF/promptforge/migration";

    /** Changes every month, because the scripts create partitions for the months around the current one. */
    @Override
    public String key() {
        return "schema " + ClasspathHash.of(SchemaTemplate.class.getClassLoader(), SCRIPTS) + " in "
                + YearMonth.now(ZoneOffset.UTC);
    }

    @Override
    public void prepare(DataSource dataSource) {
        Migrations.apply(dataSource);
    }
}
