package io.promptforge.dao.maintenance;

import static io.promptforge.schema.jooq.Tables.AUDIT_LOGS;
import static io.promptforge.schema.jooq.Tables.AUDIT_TRANSACTIONS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Implements {@link Maintenance} by jOOQ. */
public final class JooqMaintenance implements Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** Is released with the connection, so a replica that dies does not block the others. */
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended({0}, 0))";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended({0}, 0))";

    private final Session session;

    /** The maintenance over a session that is in no transaction. */
    public JooqMaintenance(Session session) {
        this.session = session;
    }

    @Override
    public MaintenanceReport run(MaintenanceSettings settings, Consumer<MaintenanceReport> progress) {
        Check.present("settings", settings);
        Check.present("progress", progress);
        settings.clock().ifPresent(clock -> Check.instant("clock", clock.instant()));
        return session.onOneConnection(connection -> {
            Clock clock = settings.clock().orElseGet(() -> ElapsingClock.from(now(connection)));
            Progress done = new Progress(clock, settings.timeBudget(), progress);
            if (!ask(connection, LOCK)) {
                return done.report(MaintenanceOutcome.RUNNING_ELSEWHERE);
            }
            return unlocking(connection, () -> {
                MaintenanceReport report = done.report(work(connection, done));
                log(report);
                return report;
            });
        });
    }

    @Override
    public long cutAuditLog(UUID organizationId, Instant before) {
        Check.present("organizationId", organizationId);
        Check.instant("before", before);
        session.refuseIfConfined("the beginning of the audit log");
        return session.write(dsl -> dsl.update(AUDIT_LOGS)
                .set(
                        AUDIT_LOGS.CUT_NUMBER,
                        greatest(
                                AUDIT_LOGS.CUT_NUMBER,
                                coalesce(
                                        field(select(min(AUDIT_TRANSACTIONS.NUMBER)
                                                        .minus(1))
                                                .from(AUDIT_TRANSACTIONS)
                                                .where(AUDIT_TRANSACTIONS.ORGANIZATION_ID.eq(organizationId))
                                                .and(AUDIT_TRANSACTIONS.CREATED_AT.ge(before))),
                                        AUDIT_LOGS.LAST_NUMBER)))
                .where(AUDIT_LOGS.ORGANIZATION_ID.eq(organizationId))
                .returning(AUDIT_LOGS.CUT_NUMBER)
                .fetchOptional(AUDIT_LOGS.CUT_NUMBER)
                .orElse(0L));
    }

    private static MaintenanceOutcome work(Session connection, Progress done) {
        Instant now = done.start();
        JooqPartitions partitions = new JooqPartitions(connection, done);
        partitions.createAround(now);
        // A confined role owns no partition; it deletes all expired traces one by one.
        boolean finished = (connection.isConfined() || new JooqExpiredPartitions(connection, done).dropAll(now))
                && new JooqExpiredTraces(connection, done).deleteAll(now);
        if (finished) {
            partitions.analyze();
        }
        return finished ? MaintenanceOutcome.FINISHED : MaintenanceOutcome.UNFINISHED;
    }

    private static Instant now(Session connection) {
        return connection.run(dsl ->
                dsl.select(function("now", SQLDataType.INSTANT)).fetchSingle().value1());
    }

    /** Runs the work, then unlocks: the connection may go back to a pool, and the lock with it. */
    private static <T> T unlocking(Session connection, Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error failure) {
            try {
                ask(connection, UNLOCK);
            } catch (RuntimeException lost) {
                failure.addSuppressed(lost);
            }
            throw failure;
        }
        ask(connection, UNLOCK);
        return result;
    }

    private static boolean ask(Session connection, String lock) {
        return connection.run(dsl -> dsl.resultQuery(lock, val("promptforge.maintenance of " + connection.schema()))
                .coerce(field(name("locked"), SQLDataType.BOOLEAN))
                .fetchSingle()
                .value1());
    }

    private static void log(MaintenanceReport report) {
        LOG.info(
                "Maintenance {}: {} partitions made, {} dropped, {} traces and {} spans deleted in {}",
                report.outcome(),
                report.partitionsCreated().size(),
                report.partitionsDropped().size(),
                report.tracesDeleted(),
                report.spansDeleted(),
                report.elapsed());
        if (!report.partitionsInUse().isEmpty()) {
            LOG.warn("Partitions that stayed in use: {}", report.partitionsInUse());
        }
        if (!report.spansWithoutPartition().isEmpty()) {
            LOG.warn("Spans in the default partition, by month: {}", report.spansWithoutPartition());
        }
    }
}
