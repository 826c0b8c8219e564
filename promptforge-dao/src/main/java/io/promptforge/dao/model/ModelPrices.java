package io.promptforge.dao.model;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model: a {@link Rate} for each unit, service tier and length of the request that has a price of its own. Immutable and
 * thread-safe. A price that is not accepted is refused with an {@link InvalidValueException} whose field is {@code rates}.
 *
 * <pre>{@code ModelPrices.perMillion("1.25", "10")
 *         .perMillion(UsageUnit.CACHED_INPUT_TOKENS, "0.125")
 *         .each(UsageUnit.SEARCHES, "0.035")
 *         .above(200_000, ModelPrices.perMillion("2.5", "15"))
 *         .tier(ServiceTier.BATCH, ModelPrices.perMillion("0.625", "5"))}</pre>
 *
 * <p>The rate of a unit is the one of the request's tier and, among these, of the greatest length that the request exceeds; without one
 * in its tier, that of the standard tier; without any, that of the nearest unit that it is a part of: cached input tokens, for example,
 * then cost as much as other input tokens.
 */
public final class ModelPrices {
    private static final int MILLION = 6;
    private static final ModelPrices UNKNOWN = new ModelPrices(List.of());

    /** Sorted. */
    private final List<Rate> rates;

    private final Map<UsageUnit, List<Rate>> byUnit = new EnumMap<>(UsageUnit.class);

    private ModelPrices(List<Rate> rates) {
        this.rates = rates;
        rates.forEach(rate ->
                byUnit.computeIfAbsent(rate.unit(), key -> new ArrayList<>()).add(rate));
    }

    /** No price is known. */
    public static ModelPrices unknown() {
        return UNKNOWN;
    }

    /**
     * These rates.
     *
     * @throws InvalidValueException if two of them are for the same unit, tier and length of a request
     */
    public static ModelPrices of(Collection<Rate> rates) {
        List<Rate> sorted = Check.list("rates", rates).stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).isForTheSameAs(sorted.get(i - 1))) {
                throw new InvalidValueException(
                        "rates",
                        "There are two prices of " + sorted.get(i).unit().code() + ".",
                        "Give one price for a unit, a tier and a length of the request.",
                        null);
            }
        }
        return new ModelPrices(sorted);
    }

    /** The prices of a million input and output tokens, such as {@code perMillion("10", "30")}. */
    public static ModelPrices perMillion(String input, String output) {
        return UNKNOWN.perMillion(UsageUnit.INPUT_TOKENS, input).perMillion(UsageUnit.OUTPUT_TOKENS, output);
    }

    /** The prices of a million input, output and cached input tokens, such as {@code perMillion("10", "30", "2.5")}. */
    public static ModelPrices perMillion(String input, String output, String cachedInput) {
        return perMillion(input, output).perMillion(UsageUnit.CACHED_INPUT_TOKENS, cachedInput);
    }

    /** Sets the price of a million units, in US dollars. */
    public ModelPrices perMillion(UsageUnit unit, String usd) {
        return perMillion(unit, number(usd));
    }

    /** Sets the price of a million units, in US dollars; null when it is unknown. */
    public ModelPrices perMillion(UsageUnit unit, @Nullable BigDecimal usd) {
        return each(unit, usd == null ? null : usd.movePointLeft(MILLION));
    }

    /** Sets the price of one unit, in US dollars. */
    public ModelPrices each(UsageUnit unit, String usd) {
        return each(unit, number(usd));
    }

    /** Sets the price of one unit, in US dollars; null when it is unknown. */
    public ModelPrices each(UsageUnit unit, @Nullable BigDecimal usd) {
        Rate rate = Rate.of(unit, usd == null ? BigDecimal.ZERO : usd);
        List<Rate> others = new ArrayList<>(rates);
        others.removeIf(rate::isForTheSameAs);
        if (usd != null) {
            others.add(rate);
        }
        return of(others);
    }

    /** Sets what differs for requests with more input tokens than this: the other prices that have no such limit themselves. */
    public ModelPrices above(long promptTokens, ModelPrices prices) {
        return with(
                prices,
                rate -> rate.abovePromptTokens() > 0
                        ? rate
                        : new Rate(rate.unit(), rate.usd(), rate.tier(), promptTokens));
    }

    /** Sets what differs in a service tier: the other prices, which are those of the standard tier in themselves. */
    public ModelPrices tier(ServiceTier tier, ModelPrices prices) {
        Check.present("tier", tier);
        return with(prices, rate -> new Rate(rate.unit(), rate.usd(), tier, rate.abovePromptTokens()));
    }

    private ModelPrices with(ModelPrices prices, UnaryOperator<Rate> change) {
        List<Rate> all = new ArrayList<>(rates);
        for (Rate other : Check.present("prices", prices).rates) {
            Rate rate = change.apply(other);
            all.removeIf(rate::isForTheSameAs);
            all.add(rate);
        }
        return of(all);
    }

    /** All rates, by unit, tier and length of the request. */
    public List<Rate> rates() {
        return rates;
    }

    /** Whether no price is known. */
    public boolean isUnknown() {
        return rates.isEmpty();
    }

    /** The price of a million units in the standard tier and a short request, without a price that stands in for it. */
    public Optional<BigDecimal> perMillion(UsageUnit unit) {
        return own(unit, ServiceTier.STANDARD, 0)
                .map(rate -> Columns.plain(rate.usd().movePointRight(MILLION)));
    }

    /** The rate by which a unit of a request is charged; empty if its price is unknown. */
    public Optional<Rate> rate(UsageUnit unit, ServiceTier tier, long promptTokens) {
        Optional<Rate> found = ownOrStandard(unit, tier, promptTokens);
        for (UsageUnit whole : unit.wholes()) {
            if (found.isPresent()) {
                break;
            }
            found = ownOrStandard(whole, tier, promptTokens);
        }
        return found;
    }

    private Optional<Rate> ownOrStandard(UsageUnit unit, ServiceTier tier, long promptTokens) {
        Optional<Rate> own = own(unit, tier, promptTokens);
        return own.isPresent() || tier == ServiceTier.STANDARD ? own : own(unit, ServiceTier.STANDARD, promptTokens);
    }

    private Optional<Rate> own(UsageUnit unit, ServiceTier tier, long promptTokens) {
        Rate found = null;
        for (Rate rate : byUnit.getOrDefault(unit, List.of())) {
            long above = rate.abovePromptTokens();
            if (rate.tier() == tier && (above == 0 || above < promptTokens)) {
                found = rate;
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * What a call costs, line by line. The counts of parts are taken off their wholes: of 1,000 input tokens of which 400 are cached,
     * 600 cost the price of input tokens. A count that is not one of tokens or searches has a line only if it has a price, because it may
     * be another measure of what the tokens are charged for; where such a measure has a price, tokens need none. Where images, audio or
     * video have several prices, by token, by piece or second, and by pixel, the first of these that the call reports is charged, and the
     * others are not.
     *
     * @param usage the counts, not negative; a part counts in its wholes too
     */
    public List<CostLine> lines(Map<UsageUnit, BigDecimal> usage, ServiceTier tier) {
        return CostLines.of(this, usage, tier);
    }

    /**
     * The sum of the lines in US dollars, exact. Empty if the price of a line is unknown; and if there is no line, but for usage of 0,
     * which costs nothing.
     */
    public Optional<BigDecimal> cost(Map<UsageUnit, BigDecimal> usage, ServiceTier tier) {
        List<CostLine> lines = lines(usage, tier);
        BigDecimal sum = BigDecimal.ZERO;
        for (CostLine line : lines) {
            Optional<BigDecimal> amount = line.amount();
            if (amount.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(amount.get());
        }
        boolean unknown = lines.isEmpty() && (usage.isEmpty() || CostLines.isUsed(usage));
        return unknown ? Optional.empty() : Optional.of(Columns.plain(sum));
    }

    /** These prices as a JSON array of the rates, as {@code model_prices.rates} stores them. */
    public Json toJson() {
        return RateDocuments.write(rates);
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @throws InvalidValueException if the document is not such an array
     */
    public static ModelPrices ofJson(Json rates) {
        return of(RateDocuments.read(Check.present("rates", rates)));
    }

    private static BigDecimal number(@Nullable String text) {
        try {
            return new BigDecimal(Check.present("rates", text));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    "rates", "A price is not a number.", "Give a decimal number, such as 2.50.", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelPrices same && rates.equals(same.rates);
    }

    @Override
    public int hashCode() {
        return rates.hashCode();
    }

    @Override
    public String toString() {
        return "ModelPrices" + toJson();
    }
}
