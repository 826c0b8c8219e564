package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Whether the DataSource gives a second connection while the first is open. */
final class PoolCheck implements Check {

    private final DataSource dataSource;

    PoolCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<Finding> examine(Connection connection, String schema) {
        try (Connection second = dataSource.getConnection()) {
            second.isClosed();
            return List.of();
        } catch (SQLException | RuntimeException refused) {
            return List.of(Finding.of(
                    Severity.WARNING,
                    Fault.POOL_TOO_SMALL,
                    "The DataSource gives one connection at a time, and migrating needs two: "
                            + ConnectionCheck.firstLine(refused),
                    "Allow the pool, or the pooler behind it, at least 2 connections"));
        }
    }
}
