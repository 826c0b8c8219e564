package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.YearMonth;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the missing partitions of spans that were stored in the default partition, after their transaction has been committed.
 * Where that fails, the maintenance does it later; meanwhile the spans are read from the default partition.
 */
final class MissingPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(MissingPartitions.class);

    private MissingPartitions() {}

    static void create(TenantSession session, Set<YearMonth> months) {
        for (YearMonth month : months) {
            // A caller's transaction is not committed yet, and would hold the table locks until it ends.
            if (!session.isThreadSafe() || !create(session, month)) {
                LOG.warn("Spans of {} are in the default partition; run the maintenance", month);
            }
        }
    }

    private static boolean create(TenantSession session, YearMonth month) {
        try {
            return session.session()
                    .onOneConnection(connection -> SpanPartitions.create(connection, month))
                    .orElse(false);
        } catch (PromptForgeException e) {
            LOG.debug("The partition was not created", e);
            return false;
        }
    }
}
