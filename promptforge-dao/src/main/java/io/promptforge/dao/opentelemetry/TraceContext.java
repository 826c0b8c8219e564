package io.promptforge.dao.opentelemetry;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a trace that attributes of the resource or of a span report. The attributes stay where they are, since each span
 * may report something else.
 */
record TraceContext(
        @Nullable String environment,
        @Nullable String sessionId,
        @Nullable String endUserId) {
    private static final int LONGEST = 200;
    private static final int LONGEST_ENVIRONMENT = 100;

    static TraceContext of(Attributes attributes) {
        return new TraceContext(
                attributes.peek(AttributeNames.ENVIRONMENT, AttributeParsers.text(LONGEST_ENVIRONMENT)),
                attributes.peek(AttributeNames.SESSION, AttributeParsers.text(LONGEST)),
                attributes.peek(AttributeNames.END_USER, AttributeParsers.text(LONGEST)));
    }

    /** The first value of each field. */
    static TraceContext first(Stream<TraceContext> contexts) {
        List<TraceContext> all = contexts.toList();
        return new TraceContext(
                first(all, TraceContext::environment),
                first(all, TraceContext::sessionId),
                first(all, TraceContext::endUserId));
    }

    private static @Nullable String first(List<TraceContext> contexts, Function<TraceContext, @Nullable String> what) {
        for (TraceContext context : contexts) {
            String value = what.apply(context);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
