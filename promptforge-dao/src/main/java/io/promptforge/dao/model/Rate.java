package io.promptforge.dao.model;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import java.math.BigDecimal;
import java.util.Comparator;

/**
 * What one unit costs.
 *
 * @param unit what is charged for
 * @param usd US dollars for one unit, exact: from 0 to less than 1,000,000, with at most 30 decimals
 * @param tier the service tier to which it applies
 * @param abovePromptTokens it applies to a request with more input tokens than this, cached ones included; 0 for all requests. All
 *     units of the request are charged by its length, the output too.
 */
public record Rate(UsageUnit unit, BigDecimal usd, ServiceTier tier, long abovePromptTokens)
        implements Comparable<Rate> {
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);
    private static final int MOST_DECIMALS = 30;

    private static final Comparator<Rate> ORDER = Comparator.comparing(Rate::unit)
            .thenComparing(Rate::tier)
            .thenComparing(Rate::abovePromptTokens)
            .thenComparing(Rate::usd);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is null or out of its range; the field is {@code rates}
     */
    public Rate {
        Check.present("rates", unit);
        Check.present("rates", tier);
        Check.optionalNumber("rates", Check.present("rates", usd));
        if (usd.signum() < 0 || usd.compareTo(MOST_USD) >= 0) {
            throw refusal(
                    "A price is out of range.",
                    "Give 0 or more and less than " + MOST_USD + " US dollars for one unit.");
        }
        usd = Columns.plain(usd);
        if (usd.scale() > MOST_DECIMALS) {
            throw refusal("A price has too many decimals.", "Give at most " + MOST_DECIMALS + ".");
        }
        if (abovePromptTokens < 0) {
            throw refusal("A number of prompt tokens is negative.", "Give 0 or more.");
        }
    }

    /** The rate for the standard tier and requests of any length. */
    public static Rate of(UsageUnit unit, BigDecimal usd) {
        return new Rate(unit, usd, ServiceTier.STANDARD, 0);
    }

    /** Whether both are for the same unit, tier and length of a request. */
    boolean isForTheSameAs(Rate other) {
        return unit == other.unit && tier == other.tier && abovePromptTokens == other.abovePromptTokens;
    }

    /** By unit, tier and length of the request. */
    @Override
    public int compareTo(Rate other) {
        return ORDER.compare(this, other);
    }

    private static InvalidValueException refusal(String problem, String remedy) {
        return new InvalidValueException("rates", problem, remedy, null);
    }
}
