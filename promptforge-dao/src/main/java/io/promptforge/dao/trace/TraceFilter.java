package io.promptforge.dao.trace;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.trace.ingest.TraceLimits;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed, counted or deleted trace meets, all of them. Immutable and thread-safe. Methods refuse null, and
 * values out of range, with an {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class TraceFilter extends Input<TraceFilter> {
    static final Criterion<List<ExecutionStatus>> STATUS = new Criterion<>("status");
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<UUID> PROMPT_ID = new Criterion<>("prompt_id");
    static final Criterion<UUID> PROMPT_VERSION_ID = new Criterion<>("prompt_version_id");
    static final Criterion<UUID> MODEL_ID = new Criterion<>("model_id");
    static final Criterion<String> ENVIRONMENT = new Criterion<>("environment");
    static final Criterion<String> SESSION_ID = new Criterion<>("session_id");
    static final Criterion<String> END_USER_ID = new Criterion<>("end_user_id");
    static final Criterion<String> EXTERNAL_ID = new Criterion<>("external_id");
    static final Criterion<Instant> STARTED_FROM = new Criterion<>("started_from");
    static final Criterion<Instant> STARTED_BEFORE = new Criterion<>("started_before");
    static final Criterion<String> ERROR_TYPE = new Criterion<>("error_type");
    static final Criterion<Duration> MIN_DURATION = new Criterion<>("min_duration");
    static final Criterion<BigDecimal> MIN_COST = new Criterion<>("min_cost");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final TraceFilter ALL = new TraceFilter(Criteria.none());

    private final Criteria criteria;

    private TraceFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every trace of the tenant. */
    public static TraceFilter all() {
        return ALL;
    }

    /** Requires one of these statuses; any status, if none is given. */
    public TraceFilter status(ExecutionStatus... any) {
        return with(STATUS, Check.choices("status", any));
    }

    /** Requires this project. */
    public TraceFilter projectId(UUID project) {
        return with(PROJECT_ID, Check.present("project_id", project));
    }

    /** Requires that any version of this prompt was served. */
    public TraceFilter promptId(UUID prompt) {
        return with(PROMPT_ID, Check.present("prompt_id", prompt));
    }

    /** Requires that this prompt version was served. */
    public TraceFilter promptVersionId(UUID version) {
        return with(PROMPT_VERSION_ID, Check.present("prompt_version_id", version));
    }

    /** Requires this registered model. */
    public TraceFilter modelId(UUID model) {
        return with(MODEL_ID, Check.present("model_id", model));
    }

    /** Requires this environment, to the letter. */
    public TraceFilter environment(String name) {
        return with(ENVIRONMENT, Check.text("environment", name));
    }

    /** Requires this conversation, to the letter. */
    public TraceFilter sessionId(String id) {
        return with(SESSION_ID, Check.text("session_id", id));
    }

    /** Requires this user of the application, to the letter. */
    public TraceFilter endUserId(String id) {
        return with(END_USER_ID, Check.text("end_user_id", id));
    }

    /** Requires this external id, to the letter. */
    public TraceFilter externalId(String id) {
        return with(EXTERNAL_ID, Check.text("external_id", id));
    }

    /** Requires a start at this moment or later; see {@link TraceRepository} for starts in the future. */
    public TraceFilter startedFrom(Instant moment) {
        return with(STARTED_FROM, Check.instant("started_from", moment));
    }

    /** Requires a start before this moment; see {@link TraceRepository} for starts in the future. */
    public TraceFilter startedBefore(Instant moment) {
        return with(STARTED_BEFORE, Check.instant("started_before", moment));
    }

    /** Requires this class of error, to the letter. */
    public TraceFilter errorType(String type) {
        return with(ERROR_TYPE, Check.text("error_type", type));
    }

    /** Requires that the trace ended and took at least this long, at most 100 years. */
    public TraceFilter minDuration(Duration time) {
        return with(MIN_DURATION, Check.present("min_duration", TraceLimits.duration("min_duration", time)));
    }

    /** Requires a cost of at least so many US dollars, 0 or more and less than 1,000,000. */
    public TraceFilter minCost(BigDecimal dollars) {
        return with(MIN_COST, Check.present("min_cost", TraceLimits.dollars("min_cost", dollars)));
    }

    /** Requires this text in the name or the external id, in any letter case. */
    public TraceFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> TraceFilter with(Criterion<T> criterion, T value) {
        return new TraceFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
