package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A connection keeps the plans that it made while the tables were small and had no statistics. None of them may read all rows of the
 * organization, of which there may be many by then.
 */
@NotOnCitus("the nodes count the scans")
class SmallTablesTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final UUID project = fixture.project().id();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DATABASE.dataSource().getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aTraceAndItsSpansAreRecordedByTheKeyOfTheTrace() throws SQLException {
        onlyKeyIsRead("traces", (tenant, number) -> tenant.traces()
                .record(TestTenant.newTrace(UUID.randomUUID(), project)
                        .spans(List.of(NewSpan.of(
                                UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, TestTenant.NOON)))));
    }

    @Test
    void pricesAreSetByTheKeyOfTheModel() throws SQLException {
        UUID provider = fixture.provider().id();
        onlyKeyIsRead("ai_models", (tenant, number) -> tenant.models()
                .create(NewAiModel.of(provider, "model " + number, "model " + number)
                        .prices(ModelPrices.perMillion("1", "2"))));
    }

    /** Of the table and its indexes; by the tenth call, the plan no longer depends on the values. */
    private void onlyKeyIsRead(String table, BiConsumer<Tenant, Integer> call) throws SQLException {
        Tenant tenant =
                DATABASE.forge().on(connection).tenant(fixture.organization().id());
        for (int i = 0; i < 20; i++) {
            call.accept(tenant, i);
            assertThat(scanned(table)).containsExactly(table + "_pkey");
            connection.commit();
        }
    }

    /** The table and those of its indexes that the present transaction has scanned. */
    private List<String> scanned(String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var scans = statement.executeQuery(
                        "SELECT c.relname FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid"
                                + " WHERE 'promptforge." + table + "'::regclass IN (c.oid, i.indrelid)"
                                + " AND pg_stat_get_xact_numscans(c.oid) > 0")) {
            while (scans.next()) {
                names.add(scans.getString(1));
            }
        }
        return names;
    }
}
