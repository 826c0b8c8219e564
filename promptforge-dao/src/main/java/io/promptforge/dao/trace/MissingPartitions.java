package io.promptforge.dao.trace;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.YearMonth;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions for spans that have landed in the default one, once they are committed. Where that cannot be done now, it
 * is left to the maintenance: the spans are stored, and found, all the same.
 */
final class MissingPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(MissingPartitions.class);

    private MissingPartitions() {}

    static void make(TenantSession session, Set<YearMonth> months) {
        for (YearMonth month : months) {
            // Of a caller's transaction nothing is committed yet, and it would hold the locks until it ends.
            if (!session.isThreadSafe() || !make(session, month)) {
                LOG.warn(
                        "Spans of {} lie in the default partition; run the maintenance, unless their clock is wrong",
                        month);
            }
        }
    }

    private static boolean make(TenantSession session, YearMonth month) {
        try {
            return session.session()
                    .onOneConnection(connection -> SpanPartitions.create(connection, month))
                    .orElse(false);
        } catch (PromptForgeException e) {
            LOG.debug("The partition was not made", e);
            return false;
        }
    }
}
