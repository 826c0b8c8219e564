package io.promptforge.dao.opentelemetry;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognizes a timeout by the type of an error: a word of a convention, a name of an exception, a code of HTTP or of a library. */
final class Timeouts {
    /** Request Timeout, Gateway Timeout, and Cloudflare's A Timeout Occurred. */
    private static final Set<String> CODES = Set.of("408", "504", "524");

    /** The ends of names, without what is between their words. */
    private static final List<String> ENDS =
            List.of("timeout", "timedout", "deadlineexceeded", "timeoutexpired", "timeoutcancellation");

    private Timeouts() {}

    /** Whether the type tells a timeout, such as {@code DEADLINE_EXCEEDED}, {@code ETIMEDOUT}, {@code a.ReadTimeoutError}. */
    static boolean isTimeout(String errorType) {
        String letters =
                errorType.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").replaceFirst("(error|exception)$", "");
        return ENDS.stream().anyMatch(letters::endsWith)
                || CODES.contains(letters.replaceFirst("^(http)?(status)?(code)?", ""));
    }
}
