package io.promptforge.seed.junit;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * What a test may ask for.
 *
 * @param type of the parameter
 * @param value what it gets
 */
record Injected(Class<?> type, Function<TestDatabase, Object> value) {
    private static final List<Injected> ALL = List.of(
            new Injected(TestDatabase.class, database -> database),
            new Injected(DataSource.class, TestDatabase::dataSource),
            new Injected(PromptForge.class, TestDatabase::promptForge),
            new Injected(Tenant.class, TestDatabase::tenant),
            new Injected(Fixtures.class, TestDatabase::fixtures));

    private static final Injected JDBC_URL = new Injected(String.class, TestDatabase::jdbcUrl);

    static Optional<Injected> as(ParameterContext parameter) {
        Class<?> asked = parameter.getParameter().getType();
        if (asked == JDBC_URL.type) {
            // A plain text may be anybody's.
            return Optional.of(JDBC_URL).filter(url -> parameter.isAnnotated(JdbcUrl.class));
        }
        return ALL.stream().filter(each -> each.type == asked).findFirst();
    }

    Object from(TestDatabase database) {
        return value.apply(database);
    }
}
