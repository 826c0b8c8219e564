package io.promptforge.seed.volume;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the trace that a plan describes. For one thread. */
final class TraceTexts {
    private static final List<String> NAMES =
            List.of("answer ticket", "triage e-mail", "refund order", "find product", "summarise case", "chat");

    private static final List<List<String>> TAGS =
            List.of(List.of("vip"), List.of("review", "vip"), List.of("experiment-b"), List.of("review"));

    private static final Json[] SERVICES = {
        Json.parse("{\"service.name\":\"support-desk\",\"service.version\":\"4.2.0\",\"deployment.region\":\"eu-1\"}"),
        Json.parse("{\"service.name\":\"support-desk\",\"service.version\":\"4.1.7\",\"deployment.region\":\"us-2\"}"),
        Json.parse("{\"service.name\":\"mail-triage\",\"service.version\":\"1.18.3\",\"deployment.region\":\"eu-1\"}")
    };

    private final TracePlan plan;
    private final Dice dice;
    private final Documents documents;
    private final @Nullable StepFailure failure;

    private TraceTexts(TracePlan plan, Dice dice) {
        this.plan = plan;
        this.dice = dice;
        documents = new Documents(dice);
        failure = plan.failed ? StepFailure.of(plan.lastStep(), dice) : null;
    }

    static NewTrace write(TracePlan plan, long seed, long index) {
        return new TraceTexts(plan, Dice.of(seed, "texts", index)).trace();
    }

    private NewTrace trace() {
        SpanPlan root = plan.root();
        Json input = documents.question();
        NewTrace trace = NewTrace.of(
                        plan.id, plan.projectId, NAMES.get(dice.skewed(NAMES.size())), root.status, plan.startedAt)
                .endedAt(at(root.duration))
                .environment(environment())
                .sessionId("session-" + plan.endUser + "-" + plan.startedAt.getEpochSecond() / 3_600)
                .endUserId("user-" + plan.endUser)
                .promptVersionId(plan.promptVersionId)
                .revision(plan.traits.revision())
                .tags(plan.traits.tagged() ? TAGS.get(plan.endUser % TAGS.size()) : null)
                .retryCount(dice.chance(0.02) ? 1 + dice.below(3) : 0)
                .input(input)
                .metadata(SERVICES[dice.skewed(SERVICES.length)]);
        if (dice.chance(0.5)) {
            trace = trace.externalId("req-" + Long.toHexString(dice.next()));
        }
        ModelUse use = plan.lastChat();
        if (use != null) {
            trace = trace.providerName(use.provider()).modelName(use.model());
        }
        trace = failure == null
                ? trace.output(documents.conclusion())
                : trace.errorType(failure.type()).errorMessage(failure.message());
        List<NewSpan> spans = new ArrayList<>(plan.spans.size());
        for (SpanPlan span : plan.spans) {
            NewSpan written = new SpanTexts(span, dice, documents, failure).span(plan.startedAt);
            spans.add(written.revision(plan.traits.revision()));
        }
        Long caller = plan.traits.caller();
        if (caller != null) {
            spans.set(0, spans.get(0).parentId(new UUID(0, caller)).parentRemote(true));
        }
        return trace.spans(spans);
    }

    private String environment() {
        double unit = dice.unit();
        return unit < 0.85 ? "production" : unit < 0.95 ? "staging" : "development";
    }

    private Instant at(long microseconds) {
        return plan.startedAt.plus(microseconds, ChronoUnit.MICROS);
    }
}
