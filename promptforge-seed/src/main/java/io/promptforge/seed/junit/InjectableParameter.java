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
 * A type of parameter that the extension resolves.
 *
 * @param type the parameter's type
 * @param value returns the argument for it
 */
record InjectableParameter(Class<?> type, Function<TestDatabase, Object> value) {
    private static final List<InjectableParameter> ALL = List.of(
            new InjectableParameter(TestDatabase.class, database -> database),
            new InjectableParameter(DataSource.class, TestDatabase::dataSource),
            new InjectableParameter(PromptForge.class, TestDatabase::promptForge),
            new InjectableParameter(Tenant.class, TestDatabase::tenant),
            new InjectableParameter(Fixtures.class, TestDatabase::fixtures));

    private static final InjectableParameter JDBC_URL = new InjectableParameter(String.class, TestDatabase::jdbcUrl);

    /** The entry for a parameter; empty if this extension does not resolve it. */
    static Optional<InjectableParameter> of(ParameterContext parameter) {
        Class<?> asked = parameter.getParameter().getType();
        if (asked == JDBC_URL.type) {
            // Other extensions may resolve plain strings.
            return Optional.of(JDBC_URL).filter(url -> parameter.isAnnotated(JdbcUrl.class));
        }
        return ALL.stream().filter(each -> each.type == asked).findFirst();
    }

    Object from(TestDatabase database) {
        return value.apply(database);
    }
}
