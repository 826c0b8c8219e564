package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class path that lost files of {@code META-INF/services}, as that of a fat jar does whose files were not merged. */
class StrippedClassPathTest {
    private final DataSource database = TestServer.emptyDatabase();

    @Test
    void migratesWithAllFiles() throws Exception {
        try (StrippedClassPath complete = new StrippedClassPath("")) {
            assertThat(catchThrowable(() -> complete.migrate(database))).isNull();
        }

        assertThat(Sql.tables(database, "promptforge")).contains("organizations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flyway-core-", "flyway-database-postgresql-", "no jar"})
    void theErrorNamesTheFileAndSaysHowToMendIt(String keptJar) throws Exception {
        try (StrippedClassPath stripped = new StrippedClassPath(keptJar)) {
            Throwable error = catchThrowable(() -> stripped.migrate(database));

            assertThat(error.getClass().getSimpleName()).isEqualTo("MigrationException");
            assertThat(error)
                    .hasMessageContaining("Merge the files META-INF/services/org.flywaydb.core.extensibility.Plugin");
        }
    }

    /** The class path of the test in a loader of its own, with Flyway's files of one jar only. */
    private static final class StrippedClassPath extends URLClassLoader {
        private final String keptJar;

        StrippedClassPath(String keptJar) {
            super(urls(), ClassLoader.getPlatformClassLoader());
            this.keptJar = keptJar;
        }

        void migrate(DataSource database) throws Throwable {
            Class<?> migrations = loadClass(Migrations.class.getName());
            try {
                migrations.getMethod("apply", DataSource.class).invoke(null, database);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            Enumeration<URL> all = super.getResources(name);
            return name.equals(FlywayPlugins.FILE)
                    ? Collections.enumeration(Collections.list(all).stream()
                            .filter(url -> url.toString().contains(keptJar))
                            .toList())
                    : all;
        }

        private static URL[] urls() {
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(StrippedClassPath::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String path) {
            try {
                return Path.of(path).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(path, e);
            }
        }
    }
}
