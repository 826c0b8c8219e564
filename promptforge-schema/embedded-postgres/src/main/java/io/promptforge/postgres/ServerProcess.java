package io.promptforge.postgres;

import java.io.IOException;
import java.time.Duration;

/** The processes of one running server. */
interface ServerProcess {

    ProcessHandle handle();

    /** Whether the server has ended, by itself or by somebody else. */
    boolean hasEnded();

    /** Ends the server at once and removes its folder; returns when both are gone. */
    void kill() throws IOException;

    /** Ends the server cleanly and leaves its folder; returns when it has ended. */
    void shutDown() throws IOException;

    /** Leaves the server to itself when this JVM ends; it ends after the limit at the latest, and its folder goes then. */
    void leaveRunning(Duration limit) throws IOException;
}
