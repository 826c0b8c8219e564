package io.promptforge.dao.trace;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Which traces are asked for the values of a field: those that meet all conditions. Immutable and thread-safe. */
public final class TraceValueFilter extends Input<TraceValueFilter> {
    private static final TraceValueFilter ALL = new TraceValueFilter(Criteria.none());

    private final Criteria criteria;

    private TraceValueFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every trace of the tenant. */
    public static TraceValueFilter all() {
        return ALL;
    }

    /** Requires one of these projects, of which there are at most 1,000; no trace passes if there is none. */
    public TraceValueFilter projectIds(Collection<UUID> any) {
        return with(TraceFilter.PROJECT_IDS, TraceFilter.projects(any));
    }

    /** Requires a start at this moment or later. */
    public TraceValueFilter startedFrom(Instant moment) {
        return with(TraceFilter.STARTED_FROM, Check.instant("started_from", moment));
    }

    /** Requires a start before this moment. */
    public TraceValueFilter startedBefore(Instant moment) {
        return with(TraceFilter.STARTED_BEFORE, Check.instant("started_before", moment));
    }

    private <T> TraceValueFilter with(Criterion<T> criterion, T value) {
        return new TraceValueFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
