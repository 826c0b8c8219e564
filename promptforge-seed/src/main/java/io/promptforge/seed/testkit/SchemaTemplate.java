package io.promptforge.seed.testkit;

import io.promptforge.schema.Migrations;
import java.time.YearMonth;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The migrated schema, which every chain begins with. */
final class SchemaTemplate implements TestTemplate {
    /** Where promptforge-schema keeps its scripts. */
    private static final String SCRIPTS = "META-INF/promptforge/migration";

    /** The scripts make partitions for the months around the one they are run in. */
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
