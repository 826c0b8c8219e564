package io.promptforge.schema;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** The files by which Flyway finds its own parts and PostgreSQL's. Tools that pack several jars into one lose them easily. */
final class FlywayPlugins {
    static final String FILE = "META-INF/services/org.flywaydb.core.extensibility.Plugin";

    private static final String OF_CORE = "org.flywaydb.core.";
    private static final String OF_POSTGRES = "org.flywaydb.database.postgresql.";

    private FlywayPlugins() {}

    /** Whether the files of this class path name plugins of both jars; true if they cannot be read. */
    static boolean areNamed(ClassLoader classPath) {
        StringBuilder names = new StringBuilder();
        try {
            for (URL file : Collections.list(classPath.getResources(FILE))) {
                URLConnection connection = file.openConnection();
                connection.setUseCaches(false); // else the jar stays open
                try (InputStream content = connection.getInputStream()) {
                    names.append(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        } catch (IOException e) {
            return true;
        }
        return names.indexOf(OF_CORE) >= 0 && names.indexOf(OF_POSTGRES) >= 0;
    }
}
