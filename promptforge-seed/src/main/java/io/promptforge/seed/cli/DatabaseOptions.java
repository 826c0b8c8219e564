package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.internal.DatabaseUrl;
import io.promptforge.seed.internal.InvalidDatabaseUrlException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database and which schema in it. */
final class DatabaseOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The database, as postgresql://user:password@host:5432/database. Default: $DATABASE_URL.")
    private @Nullable String url;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "promptforge",
            description = "The schema in it. Default: ${DEFAULT-VALUE}.")
    private String schema = "promptforge";

    /** The database that is named; empty when none is. */
    Optional<DatabaseUrl> url() {
        return Optional.ofNullable(url)
                .or(() -> Optional.ofNullable(System.getenv("DATABASE_URL")))
                .filter(text -> !text.isBlank())
                .map(DatabaseUrl::parse);
    }

    DatabaseUrl requiredUrl() {
        return url().orElseThrow(() -> new InvalidDatabaseUrlException("is missing: set DATABASE_URL or --url"));
    }

    String schema() {
        return schema;
    }

    Migrations migrations() {
        return Migrations.of(requiredUrl().dataSource()).schema(schema);
    }

    PromptForgeSettings settings() {
        return PromptForgeSettings.defaults().schema(schema);
    }
}
