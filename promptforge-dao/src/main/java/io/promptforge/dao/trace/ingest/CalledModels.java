package io.promptforge.dao.trace.ingest;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The registered models that spans may have called.
 *
 * @param names the names of models as reported, of spans that report no id
 * @param ids the ids that spans report, if their cost is to be computed
 */
record CalledModels(Set<String> names, Set<UUID> ids) {
    static CalledModels by(Collection<SpanFields> spans) {
        CalledModels called = new CalledModels(new LinkedHashSet<>(), new LinkedHashSet<>());
        spans.forEach(called::add);
        return called;
    }

    boolean isEmpty() {
        return names.isEmpty() && ids.isEmpty();
    }

    private void add(SpanFields span) {
        if (span.modelId == null) {
            if (span.responseModel != null) {
                names.add(span.responseModel);
            }
            if (span.requestModel != null) {
                names.add(span.requestModel);
            }
        } else if (span.cost == null && SpanCost.hasTokens(span)) {
            ids.add(span.modelId);
        }
    }
}
