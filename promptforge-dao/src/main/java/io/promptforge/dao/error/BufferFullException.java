package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The buffer has no room for the trace, which is not kept: try again later, or drop it. */
public final class BufferFullException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final long bufferedBytes;
    private final long capacityBytes;

    /**
     * A full buffer.
     *
     * @param message how full it is and what to do about it
     * @param bufferedBytes the bytes it holds
     * @param capacityBytes the bytes it may hold
     * @param cause why storing fails at present; null if it does not
     */
    public BufferFullException(
            String message, long bufferedBytes, long capacityBytes, @Nullable PromptForgeException cause) {
        super(message, cause);
        this.bufferedBytes = bufferedBytes;
        this.capacityBytes = capacityBytes;
    }

    /** The estimated bytes of memory that the buffer held. */
    public long bufferedBytes() {
        return bufferedBytes;
    }

    /** The estimated bytes of memory that the buffer may hold. */
    public long capacityBytes() {
        return capacityBytes;
    }
}
