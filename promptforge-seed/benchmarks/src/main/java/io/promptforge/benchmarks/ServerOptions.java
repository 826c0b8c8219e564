package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which database is measured. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "An existing database, as jdbc:postgresql://host/database?user=...&password=...; default: an"
                    + " embedded server.")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "A folder for the data of the embedded server. Default: in memory, if there is room.")
    private @Nullable Path data;

    BenchmarkDatabase open() {
        return url == null ? BenchmarkDatabase.embedded(Optional.ofNullable(data)) : BenchmarkDatabase.at(url);
    }
}
