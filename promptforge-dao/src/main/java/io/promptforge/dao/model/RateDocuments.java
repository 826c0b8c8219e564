package io.promptforge.dao.model;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes rates to the JSON array of {@code model_prices.rates}, and reads them. */
final class RateDocuments {
    private static final String UNIT = "unit";
    private static final String USD = "usd";
    private static final String TIER = "tier";
    private static final String ABOVE = "above";
    private static final Set<String> MEMBERS = Set.of(UNIT, USD, TIER, ABOVE);

    private static final String REMEDY =
            "Give an array of objects such as {\"unit\": \"input_tokens\", \"usd\": 0.000002, \"tier\": \"batch\", \"above\": 200000}.";

    private RateDocuments() {}

    static Json write(List<Rate> rates) {
        return Json.of(rates.stream().map(RateDocuments::members).toList());
    }

    private static Map<String, Object> members(Rate rate) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(UNIT, rate.unit().code());
        members.put(USD, rate.usd());
        if (rate.tier() != ServiceTier.STANDARD) {
            members.put(TIER, rate.tier().code());
        }
        if (rate.abovePromptTokens() > 0) {
            members.put(ABOVE, rate.abovePromptTokens());
        }
        return members;
    }

    static List<Rate> read(Json document) {
        if (!(document.toJava() instanceof List<?> elements)) {
            throw refusal("is not a JSON array");
        }
        List<Rate> rates = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> members) || !MEMBERS.containsAll(members.keySet())) {
                throw refusal("has an element that is no object of unit, usd, tier and above");
            }
            rates.add(rate(members));
        }
        return rates;
    }

    private static Rate rate(Map<?, ?> members) {
        Object tier = members.get(TIER);
        Object above = members.get(ABOVE);
        return new Rate(
                UsageUnit.ofCode(text(UNIT, members.get(UNIT)))
                        .orElseThrow(() -> refusal("has an unknown unit, " + members.get(UNIT))),
                number(USD, members.get(USD)),
                tier == null
                        ? ServiceTier.STANDARD
                        : ServiceTier.ofCode(text(TIER, tier))
                                .orElseThrow(() -> refusal("has an unknown tier, " + tier)),
                above == null ? 0 : wholeNumber(above));
    }

    private static String text(String member, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw refusal("has an element without a text as " + member);
    }

    private static BigDecimal number(String member, @Nullable Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw refusal("has an element without a number as " + member);
    }

    private static long wholeNumber(Object value) {
        try {
            return number(ABOVE, value).longValueExact();
        } catch (ArithmeticException e) {
            throw refusal("has an element without a whole number as " + ABOVE);
        }
    }

    private static InvalidValueException refusal(String complaint) {
        return new InvalidValueException("rates", "The field rates " + complaint + ".", REMEDY, null);
    }
}
