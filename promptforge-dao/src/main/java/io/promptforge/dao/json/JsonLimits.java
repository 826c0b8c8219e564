package io.promptforge.dao.json;

import java.math.BigDecimal;

/** What a {@link Json} can hold, so that PostgreSQL can store it and every reader can read it again. {@link Json} states the limits. */
final class JsonLimits {
    /** The levels that walks which call themselves pass in a thread with a stack of 512 KiB, in a JVM that interprets. */
    static final int DEPTH = 500;

    /** The digits that other JSON parsers read, too. */
    static final int DIGITS = 1_000;

    /** A sixth of what a jsonb can take: a number of one digit takes 12 bytes. */
    static final long TEXT_BYTES = 32L << 20;

    static final String TOO_DEEP = "is nested deeper than " + DEPTH + " levels";
    static final String TOO_MANY_DIGITS = "holds a number that takes more than 1,000 digits without an exponent";
    static final String TOO_BIG = "takes more than 32 MiB with its numbers written without exponents";

    /** For a value that exceeds a limit. */
    static final String REMEDY = "Change the value, or convert it by Json.storable.";

    private JsonLimits() {}

    /** How many digits the number has when it is written without an exponent, as PostgreSQL writes it. */
    static long digits(BigDecimal number) {
        if (number.scale() > 0) {
            return Math.max(number.precision(), number.scale() + 1L);
        }
        return number.signum() == 0 ? 1 : (long) number.precision() - number.scale();
    }
}
