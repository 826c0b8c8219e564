package io.promptforge.seed.volume;

import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import org.jspecify.annotations.Nullable;

/** A span without its texts. Times are microseconds since the start of the trace. */
final class SpanPlan {
    final long id;
    final @Nullable SpanPlan parent;
    final SpanKind kind;
    final int depth;
    ExecutionStatus status = ExecutionStatus.SUCCESS;

    @Nullable ModelUse use;

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
