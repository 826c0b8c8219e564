package io.promptforge.seed.junit;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A type of parameters and fields that the extension provides.
 *
 * @param type the type
 * @param value returns the value for it
 */
record ProvidedType(Class<?> type, Function<TestDatabase, Object> value) {
    private static final List<ProvidedType> ALL = List.of(
            new ProvidedType(TestDatabase.class, database -> database),
            new ProvidedType(DataSource.class, TestDatabase::dataSource),
            new ProvidedType(PromptForge.class, TestDatabase::promptForge),
            new ProvidedType(Tenant.class, TestDatabase::tenant),
            new ProvidedType(Fixtures.class, TestDatabase::fixtures));

    private static final ProvidedType JDBC_URL = new ProvidedType(String.class, TestDatabase::jdbcUrl);

    /**
     * The entry for a parameter or field; empty if this extension does not provide it.
     *
     * @param url whether it is annotated with {@link JdbcUrl}; other extensions may resolve plain strings
     */
    static Optional<ProvidedType> of(Class<?> asked, boolean url) {
        if (url || asked == JDBC_URL.type) {
            return Optional.of(JDBC_URL).filter(it -> url && asked == it.type);
        }
        return ALL.stream().filter(each -> each.type == asked).findFirst();
    }

    /** The names of all types, for messages. */
    static String names() {
        return String.join(
                        ", ",
                        ALL.stream().map(each -> each.type.getSimpleName()).toList()) + " and @JdbcUrl String";
    }

    Object from(TestDatabase database) {
        return value.apply(database);
    }
}
