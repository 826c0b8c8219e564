package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.ingest.ReportedPrompt;
import java.util.List;
import java.util.UUID;

/**
 * What was made of spans: every span is either in one of the traces or among the unread ones. Immutable and thread-safe.
 *
 * @param traces the traces, in the order of their first spans
 * @param unread the spans that could not be read, in their order
 */
public record MappedTraces(List<NewTrace> traces, List<UnreadSpan> unread) {

    /** Copies the lists. */
    public MappedTraces {
        traces = List.copyOf(traces);
        unread = List.copyOf(unread);
    }

    /**
     * Sets the prompt version that was served on all traces, except those whose spans report the id of one by the attribute {@code
     * promptforge.prompt.version.id}. It goes before the name and version of a prompt that spans report.
     *
     * @param version the id of a prompt version of the organization; recording the traces refuses any other
     */
    public MappedTraces promptVersionId(UUID version) {
        Check.present("prompt_version_id", version);
        return new MappedTraces(
                traces.stream()
                        .map(trace -> reportsPromptVersionId(trace) ? trace : trace.promptVersionId(version))
                        .toList(),
                unread);
    }

    private static boolean reportsPromptVersionId(NewTrace trace) {
        ReportedPrompt prompt = ReportedPrompt.of(trace.metadata());
        return prompt != null && prompt.versionId() != null;
    }
}
