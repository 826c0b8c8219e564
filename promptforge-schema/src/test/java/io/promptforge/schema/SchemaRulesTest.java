package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.CitusCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Every rule holds for the migrated database, and each rule detects a breach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(
        named = CitusCluster.URL,
        matches = ".+",
        disabledReason = "it is about the scripts, and Citus refuses most of the breaches itself")
class SchemaRulesTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
        run("SET search_path TO promptforge");
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    static List<SchemaRule> rules() {
        return Stream.of(TenantRules.ALL, KeyRules.ALL, ColumnRules.ALL, FunctionRules.ALL, PartitionRules.ALL)
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleHoldsForEveryTable(SchemaRule rule) throws SQLException {
        assertThat(rule.offences(connection)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.promptforge.schema.Breach#all")
    void aBreachIsDetectedAndNamed(Breach breach) throws SQLException {
        run(breach.sql());

        assertThat(breach.rule().offences(connection)).as(breach.sql()).anySatisfy(offence -> assertThat(offence)
                .startsWith(breach.offence()));
    }

    @Test
    void everyRuleHasABreachThatMakesItFail() {
        assertThat(Breach.all().map(Breach::rule)).containsAll(rules());
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
