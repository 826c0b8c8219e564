package io.promptforge.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link EmbeddedPostgres.Builder}. */
record LaunchOptions(
        LauncherEnvironment machine,
        @Nullable Path binaries,
        @Nullable Path cache,
        @Nullable Path data,
        Map<String, String> settings,
        List<Prepared> preparations,
        @Nullable Path kept,
        int port) {

    /** @param key identifies everything that the preparation depends on */
    record Prepared(String key, Preparation preparation) {}
}
