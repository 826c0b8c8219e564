package io.promptforge.dao.internal.session;

/** What runs its statements in a session, and can be shared by threads when that can. */
public interface SessionBound {
    /** Whether several threads may use it at once: not where it belongs to a transaction or a caller's connection. */
    boolean isThreadSafe();
}
