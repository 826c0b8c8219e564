package io.promptforge.seed.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Five requests in the half hour before the demo was loaded. They came through the web shop, whose own spans are not recorded here;
 * the telemetry of one was corrected, and the last one failed.
 */
final class DemoTraces {
    private static final List<Request> REQUESTS = List.of(
            new Request("Maria", "a first order", 1_240, 163, 42, false),
            new Request("John", "a late parcel", 1_415, 188, 47, false),
            new Request("Aisha", "a broken zip", 1_122, 171, 39, false),
            new Request("Liam", "a gift card", 1_308, 159, 44, false),
            new Request("Priya", "a third wrong size", 30_940, 194, 0, true));

    /** The request whose telemetry was recorded with the number of a gift card, and then again without it. */
    private static final int CORRECTED = 4;

    private static final String CORRECTED_TOPIC = "the gift card 4012 8888 8888 1881";

    private final TraceRepository traces;
    private final Instant base;
    private final DemoReconciler reconciler;

    DemoTraces(TraceRepository traces, Instant base, DemoReconciler reconciler) {
        this.traces = traces;
        this.base = base;
        this.reconciler = reconciler;
    }

    void ensure(Project project, ResolvedPrompt prompt, AiModel model) {
        for (int i = 0; i < REQUESTS.size(); i++) {
            Request request = REQUESTS.get(i);
            int number = i + 1;
            List<NewTrace> records = number == CORRECTED
                    ? List.of(
                            trace(number, request.about(CORRECTED_TOPIC), project, prompt, model),
                            corrected(trace(number, request, project, prompt, model)))
                    : List.of(trace(number, request, project, prompt, model));
            NewTrace trace = records.get(records.size() - 1);
            Optional<Trace> present = traces.find(trace.id());
            reconciler.ensure(present, stored -> compare(stored, trace), () -> {
                traces.record(records);
                return traces.find(trace.id()).orElseThrow();
            });
        }
    }

    /** A fixed id, so that a second load finds the trace; trace ids need only be unique within an organization. */
    static UUID id(int number) {
        return UUID.nameUUIDFromBytes((DemoOrganization.SLUG + "/trace/" + number).getBytes(UTF_8));
    }

    private void compare(Trace present, NewTrace loaded) {
        String what = "trace " + loaded.id();
        reconciler.same(what, "name", present.name(), String.valueOf(loaded.name()));
        reconciler.same(what, "status", present.status(), loaded.status());
        reconciler.same(
                what,
                "number of spans",
                present.totals().spanCount(),
                loaded.spans().size());
        BigDecimal cost = loaded.spans().stream()
                .map(span -> span.cost() == null ? BigDecimal.ZERO : span.cost())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        reconciler.same(
                what,
                "cost",
                present.totals().cost().compareTo(cost) == 0
                        ? cost
                        : present.totals().cost(),
                cost);
    }

    private static NewTrace corrected(NewTrace trace) {
        return trace.revision(1)
                .spans(trace.spans().stream().map(span -> span.revision(1)).toList());
    }

    private NewTrace trace(int number, Request request, Project project, ResolvedPrompt prompt, AiModel model) {
        Instant start = base.minus(Duration.ofMinutes(6L * (REQUESTS.size() + 1 - number)));
        DemoSpans spans = new DemoSpans(start, request, model);
        NewTrace trace = NewTrace.of(id(number), project.id(), "Greet " + request.customer(), request.status(), start)
                .endedAt(start.plusMillis(request.millis()))
                .externalId("demo-request-" + number)
                .environment("production")
                .sessionId("demo-session-" + (number + 1) / 2)
                .endUserId("customer-" + request.customer().toLowerCase(Locale.ROOT))
                .promptVersionId(prompt.version().id())
                .modelId(model.id())
                .providerName("openai")
                .modelName(model.providerModelId())
                .input(Json.of(Map.of("customer_name", request.customer(), "topic", request.topic())))
                .metadata(Json.of(Map.of("service.name", "support-assistant", "service.version", "1.4.0")))
                .spans(spans.all());
        return request.failed()
                ? trace.retryCount(1).errorType("timeout").errorMessage(DemoSpans.TIMEOUT)
                : trace.output(Json.of(request.answer()));
    }

    /** A request and its outcome. */
    record Request(String customer, String topic, long millis, long inputTokens, long outputTokens, boolean failed) {
        ExecutionStatus status() {
            return failed ? ExecutionStatus.ERROR : ExecutionStatus.SUCCESS;
        }

        Request about(String otherTopic) {
            return new Request(customer, otherTopic, millis, inputTokens, outputTokens, failed);
        }

        String answer() {
            return "Hello " + customer + ", thank you for writing to us about " + topic + ". How can I help?";
        }
    }
}
