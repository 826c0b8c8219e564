package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A buffer has no room for what was to be recorded, which is not kept: come again later, or do without. */
public final class BufferFullException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final long bufferedBytes;
    private final long capacityBytes;

    /**
     * A full buffer.
     *
     * @param message how full it is and what to do about it
     * @param bufferedBytes how much it holds
     * @param capacityBytes how much it may hold
     * @param cause why it does not become empty, where storing fails at present
     */
    public BufferFullException(
            String message, long bufferedBytes, long capacityBytes, @Nullable PromptForgeException cause) {
        super(message, cause);
        this.bufferedBytes = bufferedBytes;
        this.capacityBytes = capacityBytes;
    }

    /** How much the buffer held, in bytes as it counts them. */
    public long bufferedBytes() {
        return bufferedBytes;
    }

    /** How much the buffer may hold, in bytes as it counts them. */
    public long capacityBytes() {
        return capacityBytes;
    }
}
