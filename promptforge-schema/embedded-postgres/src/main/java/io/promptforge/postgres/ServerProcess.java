package io.promptforge.postgres;

import java.io.IOException;
import java.time.Duration;

/** The processes of one running server. */
interface ServerProcess {

    ProcessHandle handle();

    /** Whether the server has ended. */
    boolean hasEnded();

    /** Ends the server at once and removes its folder, unless that is kept; returns when this is done. */
    void kill() throws IOException;

    /** Ends the server cleanly and leaves its folder; returns when it has ended. */
    void shutDown() throws IOException;

    /** Lets the server outlive this JVM, at most until the limit has passed; its folder is removed when it ends. */
    void leaveRunning(Duration limit) throws IOException;
}
