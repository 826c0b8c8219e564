package io.promptforge.seed.volume;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A span without its texts. Times are microseconds since the start of the trace. */
final class SpanPlan {
    final long id;
    final @Nullable SpanPlan parent;
    final SpanKind kind;
    final int depth;
    ExecutionStatus status = ExecutionStatus.SUCCESS;

    @Nullable ModelUse use;

    /** Whether it reports the cost of its use of the model. */
    boolean costReported;

    /** The tokens that were reported below it. */
    long inputBelow;

    long outputBelow;

    /** The pause before it starts: since its parent did, or since the sibling before it ended. */
    long pause;

    long start;
    long duration;

    @Nullable SpanPlan lastChild;

    /** Where its next child can start. */
    long free;

    SpanPlan(long id, @Nullable SpanPlan parent, SpanKind kind) {
        this.id = id;
        this.parent = parent;
        this.kind = kind;
        this.depth = parent == null ? 1 : parent.depth + 1;
        if (parent != null) {
            parent.lastChild = this;
        }
    }

    boolean isComposite() {
        return kind == SpanKind.CHAIN || kind == SpanKind.AGENT;
    }

    boolean isRoot() {
        return parent == null;
    }

    /** The use of the model that the provider reports; null for a call that failed at once. */
    @Nullable ModelUse reportedUse() {
        return status == ExecutionStatus.ERROR ? null : use;
    }

    /** The cost that the span reports, in US dollars; null if it reports none. */
    @Nullable BigDecimal reportedCost() {
        ModelUse reported = reportedUse();
        return costReported && reported != null ? reported.flatCost() : null;
    }

    /** Adds the tokens that this span and those below it report to its parent. Call it for children before parents. */
    void addUsageToParent() {
        if (parent != null) {
            ModelUse own = reportedUse();
            parent.inputBelow += inputBelow + (own == null ? 0 : own.inputTokens());
            parent.outputBelow += outputBelow + (own == null ? 0 : own.outputTokens());
        }
    }

    /** Adds this span's time to its parent, whose children run one after the other. */
    void lengthenParent() {
        if (parent != null) {
            parent.duration += pause + duration;
        }
    }

    /** Sets the start. Call it for parents before children, and for siblings in their order. */
    void place() {
        if (parent != null) {
            start = parent.free + pause;
            parent.free = start + duration;
        }
        free = start;
    }
}
