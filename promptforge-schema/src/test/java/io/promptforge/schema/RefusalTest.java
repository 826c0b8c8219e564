package io.promptforge.schema;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;

/** A test of changes that the database refuses: on the rows of two organizations, each test in a transaction that is rolled back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RefusalTest {
    final PGSimpleDataSource database = TestServer.migratedDatabase();
    TrialTransaction attempt;

    @BeforeAll
    void fill() {
        Sql.run(database, SampleRows.all(1));
        Sql.run(database, SampleRows.all(2));
    }

    @BeforeEach
    void begin() throws SQLException {
        attempt = new TrialTransaction(database);
    }

    @AfterEach
    void rollBack() throws SQLException {
        attempt.close();
    }
}
