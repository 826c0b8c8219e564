package io.promptforge.seed.volume;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace without its texts: the tree of its spans with their times, tokens and statuses. Making texts takes most of the time,
 * so totals are computed from the plan alone.
 */
final class TracePlan {
    private static final int DEEPEST = 5;
    private static final int MOST_SPANS = 2_000;
    private static final int END_USERS = 50_000;

    /** One trace in a thousand is of a long-running agent and longer than others by this factor. */
    private static final int LONG_RUN = 30;

    private static final double SPREAD = 0.65;

    private static final long TIME_LIMIT = 30_000_000;

    private final VolumeSpec spec;
    private final Dice dice;

    final TraceTraits traits;
    final UUID id;
    final Instant startedAt;
    final UUID projectId;
    final @Nullable UUID promptVersionId;
    final int endUser;
    final boolean failed;
    final List<SpanPlan> spans;

    /** The spans that may get children. */
    private final List<SpanPlan> open = new ArrayList<>();

    private TracePlan(VolumeSpec spec, long index) {
        this.spec = spec;
        dice = dice(spec, index);
        traits = TraceTraits.of(spec, index);
        int count = spans(spec, dice);
        startedAt = start(spec, dice, index);
        id = id(startedAt, dice);
        int project = dice.skewed(spec.projectIds().size());
        projectId = spec.projectIds().get(project);
        promptVersionId = traits.promptVersion() && !spec.promptVersionIds().isEmpty()
                ? spec.promptVersionIds().get(project)
                : null;
        endUser = dice.skewed(END_USERS);
        failed = dice.chance(0.03);
        spans = tree(count);
        if (failed) {
            fail();
        }
        report();
        time();
    }

    static TracePlan of(VolumeSpec spec, long index) {
        return new TracePlan(spec, index);
    }

    /** The number of spans, without planning them. */
    static int spans(VolumeSpec spec, long index) {
        return spans(spec, dice(spec, index));
    }

    /** The id, without planning the spans. */
    static UUID id(VolumeSpec spec, long index) {
        Dice dice = dice(spec, index);
        spans(spec, dice);
        return id(start(spec, dice, index), dice);
    }

    /** The root, which comes first. */
    SpanPlan root() {
        return spans.get(0);
    }

    /** The last step; in a failed trace, the one that failed. */
    SpanPlan lastStep() {
        SpanPlan step = root();
        while (step.lastChild != null) {
            step = step.lastChild;
        }
        return step;
    }

    /** The last call of a language model, or null. */
    @Nullable ModelUse lastChat() {
        for (int i = spans.size() - 1; i >= 0; i--) {
            if (spans.get(i).kind == SpanKind.LLM) {
                return spans.get(i).use;
            }
        }
        return null;
    }

    private static Dice dice(VolumeSpec spec, long index) {
        return Dice.of(spec.seed(), "plan", index);
    }

    /** Most have some 3 to 15, if 10 is the average. */
    private static int spans(VolumeSpec spec, Dice dice) {
        boolean longRun = dice.chance(0.001);
        double average = spec.spansPerTrace() / (0.999 + 0.001 * LONG_RUN);
        double median = average / StrictMath.exp(SPREAD * SPREAD / 2);
        return (int) dice.around(longRun ? median * LONG_RUN : median, SPREAD, 1, MOST_SPANS);
    }

    /** A time in the trace's own share of the time, so that later indexes never start earlier. */
    private static Instant start(VolumeSpec spec, Dice dice, long index) {
        double share = ChronoUnit.MICROS.between(spec.from(), spec.until()) / (double) spec.traces();
        return spec.from().plus((long) ((index + dice.below(1_000) / 1_000.0) * share), ChronoUnit.MICROS);
    }

    /** A UUIDv7 (RFC 9562): the milliseconds, then random bits. */
    private static UUID id(Instant start, Dice dice) {
        return new UUID(
                start.toEpochMilli() << 16 | 0x7000 | dice.next() >>> 52, 0x8000_0000_0000_0000L | dice.next() >>> 2);
    }

    private List<SpanPlan> tree(int count) {
        List<SpanPlan> tree = new ArrayList<>(count);
        tree.add(span(null, count == 1 ? SpanKind.LLM : count > 6 ? SpanKind.AGENT : SpanKind.CHAIN));
        while (tree.size() < count) {
            boolean answering = tree.size() == count - 1 && !failed;
            SpanPlan before = tree.get(tree.size() - 1);
            if (answering) {
                tree.add(span(tree.get(0), SpanKind.LLM));
            } else if (before.kind == SpanKind.RETRIEVAL && before.depth < DEEPEST && dice.chance(0.6)) {
                tree.add(span(before, SpanKind.EMBEDDING));
            } else {
                SpanPlan parent = open.get(dice.chance(0.6) ? open.size() - 1 : dice.below(open.size()));
                tree.add(span(parent, kindBelow(parent)));
            }
        }
        return tree;
    }

    private SpanPlan span(@Nullable SpanPlan parent, SpanKind kind) {
        SpanPlan span = new SpanPlan(dice.next() | 1, parent, kind);
        if (span.isComposite()) {
            open.add(span);
        }
        span.pause = dice.around(900, 0.8, 100, 50_000);
        span.duration = switch (kind) {
            case LLM -> {
                ModelUse use = ModelUse.chat(spec, dice);
                span.use = use;
                yield use.duration(dice);
            }
            case EMBEDDING -> {
                span.use = ModelUse.embedding(dice);
                yield dice.around(38_000, 0.5, 4_000, 5_000_000);
            }
            case RETRIEVAL -> dice.around(60_000, 0.8, 2_000, 20_000_000);
            case TOOL -> dice.around(180_000, 1.1, 1_000, 60_000_000);
            case GUARDRAIL -> dice.around(22_000, 0.6, 500, 5_000_000);
            default -> dice.around(1_500, 0.7, 100, 100_000);
        };
        return span;
    }

    private SpanKind kindBelow(SpanPlan parent) {
        double unit = dice.unit();
        if (parent.depth < DEEPEST - 1 && unit < 0.16) {
            return unit < 0.03 ? SpanKind.AGENT : SpanKind.CHAIN;
        }
        if (unit < 0.56) {
            return SpanKind.LLM;
        }
        if (unit < 0.76) {
            return SpanKind.TOOL;
        }
        if (unit < 0.90) {
            return SpanKind.RETRIEVAL;
        }
        return unit < 0.97 ? SpanKind.GUARDRAIL : SpanKind.OTHER;
    }

    /** Fails the last step and its ancestors. */
    private void fail() {
        SpanPlan step = lastStep();
        ModelUse use = step.use;
        boolean timedOut = use != null && !use.isEmbedding() && dice.chance(0.4);
        if (use != null) {
            step.use = use.unanswered();
        }
        if (timedOut) {
            step.duration = TIME_LIMIT;
        }
        for (SpanPlan blamed = step; blamed != null; blamed = blamed.parent) {
            blamed.status = timedOut ? ExecutionStatus.TIMEOUT : ExecutionStatus.ERROR;
        }
    }

    private void report() {
        spans.forEach(span -> span.costReported = traits.costReported());
        if (traits.usageRepeated()) {
            for (int i = spans.size() - 1; i > 0; i--) {
                spans.get(i).addUsageToParent();
            }
        }
    }

    private void time() {
        for (int i = spans.size() - 1; i > 0; i--) {
            spans.get(i).lengthenParent();
        }
        spans.forEach(SpanPlan::place);
    }
}
