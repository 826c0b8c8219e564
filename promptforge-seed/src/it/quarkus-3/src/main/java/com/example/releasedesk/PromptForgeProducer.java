package com.example.releasedesk;

import io.promptforge.dao.PromptForge;
import io.promptforge.schema.Migrations;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

class PromptForgeProducer {
    /** At startup, because migrations run outside of a transaction. Calls take part in those of {@code @Transactional}. */
    @Produces
    @Singleton
    @Startup
    PromptForge promptForge(DataSource dataSource) {
        Migrations.apply(dataSource);
        return PromptForge.create(dataSource);
    }
}
