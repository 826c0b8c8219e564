package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The cost of a service's start when nothing is pending. */
class FastPathTest {

    private final DataSource database = TestServer.migratedDatabase();

    @Test
    void upToDateTakesOneConnectionAndOneStatement() {
        ObservedDataSource observed = new ObservedDataSource(database, true);

        Migrations.apply(observed.dataSource());

        assertThat(observed.opened()).isEqualTo(1);
        assertThat(observed.statements()).isEqualTo(1);
        assertThat(observed.stillOpen()).isZero();
    }

    @Test
    void upToDateDoesNotLoadFlyway() throws Exception {
        try (WithoutFlyway loader = new WithoutFlyway()) {
            Object result = loader.loadClass(Migrations.class.getName())
                    .getMethod("apply", DataSource.class)
                    .invoke(null, database);

            assertThat(result.getClass().getClassLoader()).isSameAs(loader);
            assertThat(result)
                    .hasToString("MigrationResult[schema=promptforge, from=Optional[%1$s], to=%1$s, applied=0, "
                                    .formatted(TestScripts.latest())
                            + result.toString().replaceFirst(".*(?=duration)", ""));
        }
    }

    /** Loads this library again, with a class path without Flyway. */
    private static final class WithoutFlyway extends URLClassLoader {

        WithoutFlyway() {
            super(classPath(), DataSource.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.flywaydb")) {
                throw new ClassNotFoundException(name + " must not be needed");
            }
            return super.findClass(name);
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (MalformedURLException e) {
                            throw new IllegalArgumentException(e);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }
}
