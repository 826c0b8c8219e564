package com.example.releasedesk;

import io.promptforge.seed.testkit.ClasspathHash;
import io.promptforge.seed.testkit.DatabaseTemplate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** This service's own migrations, for tests without Spring. */
public class OwnTables implements DatabaseTemplate {
    @Override
    public String key() {
        return "release desk " + ClasspathHash.ofResources("db/migration");
    }

    @Override
    public void prepare(DataSource dataSource) {
        Flyway.configure().dataSource(dataSource).schemas("release_desk").load().migrate();
    }
}
