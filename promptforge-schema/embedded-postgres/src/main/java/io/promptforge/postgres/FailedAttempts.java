package io.promptforge.postgres;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Collects failed attempts with their reasons, for the message of the exception. */
final class FailedAttempts {

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private final List<String> lines = new ArrayList<>();
    private @Nullable Throwable last;

    void failed(Object what, String why) {
        lines.add("  - " + what + ": " + why);
    }

    void failed(Object what, Exception why) {
        failed(what, reason(why));
        last = why;
    }

    /** Logs the failed attempts if there are any; each message once for each JVM. */
    void say(String headline) {
        String message = headline + "\n" + String.join("\n", lines);
        if (!lines.isEmpty() && SAID.add(message)) {
            System.getLogger(FailedAttempts.class.getPackageName()).log(Level.WARNING, message);
        }
    }

    EmbeddedPostgresException failure(String headline, String remedy) {
        String tried = lines.isEmpty() ? "" : "\nTried:\n" + String.join("\n", lines);
        return new EmbeddedPostgresException(headline + tried + "\nWhat to do: " + remedy, last);
    }

    /** The class of an exception and its message: the message of a file system exception is only the path. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }
}
