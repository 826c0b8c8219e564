package io.promptforge.seed.testkit;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Creates databases with equal content: the migrated schema, and what the templates add to it.
 *
 * <pre>{@code
 * static final TestDatabases DATABASES = TestDatabases.of(new DemoTemplate(), new OurTables());
 *
 * try (TestDatabase database = DATABASES.create()) { ... }
 * }</pre>
 *
 * <p>The first database of a JVM starts or connects to the server, and prepares the templates unless an earlier run has
 * prepared them. All databases are clones of the prepared template, made ahead in the background. Thread-safe.
 */
public final class TestDatabases {
    /** Keyed by the settings and the chain's hash; a list, because hashing a record makes a fresh JVM generate code. */
    private static final ConcurrentMap<List<Object>, Entry> ENTRIES = new ConcurrentHashMap<>();

    private final Entry entry;

    private TestDatabases(Entry entry) {
        this.entry = entry;
    }

    /**
     * Databases with the migrated schema and these templates, prepared in this order.
     *
     * @throws TestDatabaseException if a template has no key
     */
    public static TestDatabases of(DatabaseTemplate... templates) {
        return of(List.of(templates));
    }

    /**
     * Databases with the migrated schema and these templates, prepared in this order.
     *
     * @throws TestDatabaseException if a template has no key
     */
    public static TestDatabases of(List<? extends DatabaseTemplate> templates) {
        return of(templates, TestServerSettings.current());
    }

    /**
     * Databases with the migrated schema and the templates of these classes, which have a constructor without parameters.
     *
     * @throws TestDatabaseException if an instance cannot be created
     */
    public static TestDatabases ofClasses(List<Class<? extends DatabaseTemplate>> templates) {
        return of(templates.stream().map(TemplateChain::instance).toList());
    }

    static TestDatabases of(List<? extends DatabaseTemplate> templates, TestServerSettings settings) {
        TemplateChain chain = TemplateChain.of(List.copyOf(templates));
        List<Object> key = List.of(settings.url(), settings.kind(), settings.image(), chain.hash());
        return new TestDatabases(ENTRIES.computeIfAbsent(key, unused -> new Entry(chain, settings)));
    }

    /**
     * Creates a database; the caller closes it.
     *
     * @throws TestDatabaseException if no server is available or it refuses, or if a template fails
     */
    public TestDatabase create() {
        return create("a test");
    }

    /**
     * Creates a database; the caller closes it.
     *
     * @param owner a name for log messages about this database, usually that of the test
     * @throws TestDatabaseException if no server is available or it refuses, or if a template fails
     */
    public TestDatabase create(String owner) {
        return new TestDatabase(entry.supply(), owner);
    }

    /**
     * The database that all tests of this JVM share which only read; one per list of templates. Transactions in it are
     * read-only by default. {@link TestDatabase#tenant()} works as in other databases; closing it does nothing.
     *
     * @throws TestDatabaseException if no server is available or it refuses, or if a template fails
     */
    public TestDatabase sharedReadOnly() {
        return entry.readOnly();
    }

    DatabaseSupply supply() {
        return entry.supply();
    }

    /**
     * Waits until all closed databases have been checked for connections that were left open, for 5 seconds at most for
     * each list of templates. The JUnit extension calls it at the end of a run.
     */
    public static void awaitReports() {
        ENTRIES.values().forEach(Entry::awaitReports);
    }

    /** Opens the server on first use. A failure is thrown again on each later use, because retrying would take as long. */
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
                opened.reclaimer().awaitReports();
            }
        }

        private synchronized @Nullable DatabaseSupply opened() {
            return supply;
        }
    }
}
