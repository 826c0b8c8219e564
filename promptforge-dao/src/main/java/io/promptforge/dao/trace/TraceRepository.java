package io.promptforge.dao.trace;

import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The traces of a tenant and their spans. Thread-safe, unless it belongs to a transaction. */
public interface TraceRepository {
    /** For the library's own use: the repository over a session. */
    static TraceRepository over(TenantSession session) {
        return new JooqTraceRepository(session);
    }

    /**
     * Stores new traces with their spans, all or nothing, in a number of statements that does not grow with theirs. The
     * totals of each trace are the sums over its spans.
     *
     * @throws io.promptforge.dao.error.AlreadyExistsException if a trace of one of these ids is stored, or a span comes
     *     twice
     * @throws io.promptforge.dao.error.InvalidReferenceException if a project, prompt version or model is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    void record(List<NewTrace> traces);

    /** The trace with this id and all its spans. */
    Optional<TraceTree> find(UUID id);

    /** The traces of a project, the oldest first. */
    Page<Trace> list(UUID projectId, PageRequest page);
}
