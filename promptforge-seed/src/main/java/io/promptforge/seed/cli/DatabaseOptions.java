package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.internal.DatabaseUrl;
import io.promptforge.seed.internal.InvalidDatabaseUrlException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the database and the schema in it. */
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
            description = "The schema of PromptForge's tables. Default: ${DEFAULT-VALUE}.")
    private String schema = "promptforge";

    /** The URL from {@code --url}, otherwise from {@code DATABASE_URL}; empty if neither is set. */
    Optional<DatabaseUrl> url() {
        return Optional.ofNullable(url)
                .or(() -> Optional.ofNullable(System.getenv("DATABASE_URL")))
                .filter(text -> !text.isBlank())
                .map(DatabaseUrl::parse);
    }

    /** @throws InvalidDatabaseUrlException if no database is named */
    DatabaseUrl requiredUrl() {
        return url().orElseThrow(() -> new InvalidDatabaseUrlException("is missing. Set DATABASE_URL or pass --url"));
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
