package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.ingest.TraceLimits;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The conditions that a listed, counted or deleted trace meets, all of them. Immutable and thread-safe. Methods refuse null, and
 * values out of range, with an {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class TraceFilter extends Input<TraceFilter> {
    static final Criterion<List<ExecutionStatus>> STATUS = new Criterion<>("status");
    static final Criterion<UUID> PROJECT_ID = new Criterion<>("project_id");
    static final Criterion<List<UUID>> PROJECT_IDS = new Criterion<>("project_ids");
    static final Criterion<Boolean> ROOT = new Criterion<>("root");
    static final Criterion<UUID> PROMPT_ID = new Criterion<>("prompt_id");
    static final Criterion<UUID> PROMPT_VERSION_ID = new Criterion<>("prompt_version_id");
    static final Criterion<UUID> MODEL_ID = new Criterion<>("model_id");
    static final Criterion<String> PROVIDER_NAME = new Criterion<>("provider_name");
    static final Criterion<String> MODEL_NAME = new Criterion<>("model_name");
    static final Criterion<String> ENVIRONMENT = new Criterion<>("environment");
    static final Criterion<String> SESSION_ID = new Criterion<>("session_id");
    static final Criterion<String> END_USER_ID = new Criterion<>("end_user_id");
    static final Criterion<String> EXTERNAL_ID = new Criterion<>("external_id");
    static final Criterion<Instant> STARTED_FROM = new Criterion<>("started_from");
    static final Criterion<Instant> STARTED_BEFORE = new Criterion<>("started_before");
    static final Criterion<String> ERROR_TYPE = new Criterion<>("error_type");
    static final Criterion<Duration> MIN_DURATION = new Criterion<>("min_duration");
    static final Criterion<BigDecimal> MIN_COST = new Criterion<>("min_cost");
    static final Criterion<Boolean> UNPRICED = new Criterion<>("unpriced");
    static final Criterion<String> METADATA = new Criterion<>("metadata");
    static final Criterion<String> TAG = new Criterion<>("tag");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final int MOST_PROJECTS = 1_000;

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

    /** Requires one of these projects, of which there are at most 1,000; no trace passes if there is none. */
    public TraceFilter projectIds(Collection<UUID> any) {
        return with(PROJECT_IDS, projects(any));
    }

    /** Requires that the trace has no parent trace, or, if false, that it has one. */
    public TraceFilter root(boolean yes) {
        return with(ROOT, yes);
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

    /** Requires this provider as reported, to the letter. */
    public TraceFilter providerName(String name) {
        return with(PROVIDER_NAME, Check.text("provider_name", name));
    }

    /** Requires this model as reported, to the letter. */
    public TraceFilter modelName(String name) {
        return with(MODEL_NAME, Check.text("model_name", name));
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

    /** Requires that calls of models in the trace have no known cost, so that its cost is too small; or, if false, that all have one. */
    public TraceFilter unpriced(boolean yes) {
        return with(UNPRICED, yes);
    }

    /**
     * Requires all members of this JSON object in the metadata, with these values: {@code {"region": "eu"}}. No index has them: each
     * trace that the other conditions leave is read until the page is full, so name a project and a period with it.
     */
    public TraceFilter metadata(Json members) {
        Json object = Check.present("metadata", members);
        if (!(object.toJava() instanceof Map)) {
            throw new InvalidValueException(
                    "metadata", "The field metadata is not a JSON object.", "Give an object.", null);
        }
        return with(METADATA, object.canonicalText());
    }

    /** Requires this tag, to the letter. */
    public TraceFilter tag(String tag) {
        return with(TAG, Check.text("tag", tag));
    }

    /**
     * Requires this text anywhere in the name, the external id, the session or the user of the application, in any letter case. No
     * index finds parts of texts: each trace that the other conditions leave is read until the page is full. A whole id is found at
     * once by its own condition.
     */
    public TraceFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    static List<UUID> projects(Collection<UUID> any) {
        List<UUID> projects =
                Check.list("project_ids", any).stream().distinct().sorted().toList();
        if (projects.size() > MOST_PROJECTS) {
            throw new InvalidValueException(
                    "project_ids",
                    "The filter has " + projects.size() + " projects.",
                    "Give at most " + MOST_PROJECTS + ".",
                    null);
        }
        return projects;
    }

    private <T> TraceFilter with(Criterion<T> criterion, T value) {
        return new TraceFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
