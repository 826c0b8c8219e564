package io.promptforge.seed.testkit;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Databases that hold the same: the migrated schema, and what the templates add to it.
 *
 * <pre>{@code
 * static final TestDatabases DATABASES = TestDatabases.of(new DemoTemplate(), new OurTables());
 *
 * try (TestDatabase database = DATABASES.create()) { ... }
 * }</pre>
 *
 * <p>The first database of a JVM starts or finds the server and prepares the templates, unless they are there from an
 * earlier run; the others are copies that have been made ahead. Safe for use by several threads.
 */
public final class TestDatabases {
    /** By the settings and the chain's hash. A record as the key would make a fresh JVM generate code for its hash. */
    private static final ConcurrentMap<List<Object>, Entry> ENTRIES = new ConcurrentHashMap<>();

    private final Entry entry;

    private TestDatabases(Entry entry) {
        this.entry = entry;
    }

    /** Databases with the migrated schema, and what these templates add to it, in this order. */
    public static TestDatabases of(TestTemplate... templates) {
        return of(List.of(templates));
    }

    /** The same for a list. */
    public static TestDatabases of(List<? extends TestTemplate> templates) {
        return of(templates, TestServerSettings.current());
    }

    static TestDatabases of(List<? extends TestTemplate> templates, TestServerSettings settings) {
        TemplateChain chain = TemplateChain.of(List.copyOf(templates));
        List<Object> key = List.of(settings.url(), settings.kind(), settings.image(), chain.hash());
        return new TestDatabases(ENTRIES.computeIfAbsent(key, unused -> new Entry(chain, settings)));
    }

    /**
     * A new database, for the caller to close.
     *
     * @throws TestDatabaseException if there is no server, or it refuses
     */
    public TestDatabase create() {
        return create("A test");
    }

    /**
     * The same.
     *
     * @param owner who uses it, a test's name for example; named by reports of connections that were left open
     */
    public TestDatabase create(String owner) {
        return new TestDatabase(entry.supply(), owner);
    }

    /**
     * The one database of these templates that all tests of this JVM share, because they only read. It refuses to be
     * written to; {@link TestDatabase#tenant()} is an organization that was there before. Closing it does nothing.
     *
     * @throws TestDatabaseException if there is no server, or it refuses
     */
    public TestDatabase sharedReadOnly() {
        return entry.readOnly();
    }

    DatabaseSupply supply() {
        return entry.supply();
    }

    /**
     * Waits until every database that was given back has been looked at for connections that were left open, at most a
     * few seconds. The JUnit extension calls it at the end of a run.
     */
    public static void awaitReports() {
        ENTRIES.values().forEach(Entry::awaitReports);
    }

    /** Opens a supply once; a failure is the same for all, because trying again takes as long. */
    private static final class Entry {
        private final TemplateChain chain;
        private final TestServerSettings settings;
        private @Nullable DatabaseSupply supply;
        private @Nullable TestDatabase readOnly;
        private @Nullable TestDatabaseException failure;

        Entry(TemplateChain chain, TestServerSettings settings) {
            this.chain = chain;
            this.settings = settings;
        }

        synchronized DatabaseSupply supply() {
            if (failure != null) {
                throw new TestDatabaseException(String.valueOf(failure.getMessage()), failure);
            }
            if (supply == null) {
                supply = open();
            }
            return supply;
        }

        private DatabaseSupply open() {
            try {
                return new DatabaseSupply(new ServerChoice(settings).open(chain));
            } catch (TestDatabaseException e) {
                failure = e;
                throw e;
            }
        }

        synchronized TestDatabase readOnly() {
            if (readOnly == null) {
                readOnly = TestDatabase.readOnly(supply());
            }
            return readOnly;
        }

        void awaitReports() {
            DatabaseSupply opened = opened();
            if (opened != null) {
                opened.returns().awaitReports();
            }
        }

        private synchronized @Nullable DatabaseSupply opened() {
            return supply;
        }
    }
}
