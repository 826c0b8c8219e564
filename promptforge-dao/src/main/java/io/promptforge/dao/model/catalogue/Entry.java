package io.promptforge.dao.model.catalogue;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.Rate;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entry of a price list: reads its members, and reports those that a catalogue cannot express. */
final class Entry {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_ALIASES = 50;

    /** Below what the column takes, whatever the bytes of a character are. */
    private static final int MOST_CHARACTERS_OF_ALIASES = 2_000;

    private final String name;
    private final Map<?, ?> members;
    private final List<CatalogueProblem> problems;

    Entry(String name, Map<?, ?> members, List<CatalogueProblem> problems) {
        this.name = name;
        this.members = members;
        this.problems = problems;
    }

    String name() {
        return name;
    }

    Map<?, ?> members() {
        return members;
    }

    /** Reports a member, once. */
    void problem(String field, String reason) {
        CatalogueProblem problem = new CatalogueProblem(name, field, reason);
        if (problems.isEmpty() || !problems.get(problems.size() - 1).equals(problem)) {
            problems.add(problem);
        }
    }

    /** A text that is not blank; null if there is none. */
    @Nullable String text(String field) {
        return members.get(field) instanceof String text && !text.isBlank() ? text : null;
    }

    boolean isTrue(String field) {
        return Boolean.TRUE.equals(members.get(field));
    }

    /** A number of tokens; null if there is none that a catalogue can hold. */
    @Nullable Integer tokens(String field) {
        BigDecimal number = decimal(members.get(field));
        try {
            return number == null || number.signum() <= 0 ? null : (Integer) number.intValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    static @Nullable BigDecimal decimal(@Nullable Object value) {
        return value instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    /** Whether the name of a model fits the column; reports one that does not. */
    boolean fits(String modelName) {
        boolean fits = modelName.codePointCount(0, modelName.length()) <= LONGEST_NAME && !modelName.isBlank();
        if (!fits) {
            problem("name", "A name must have 1 to " + LONGEST_NAME + " characters.");
        }
        return fits;
    }

    /** The names but this one, as many as fit the column; reports if others were left out. */
    List<String> aliases(Collection<String> names, String own) {
        Set<String> aliases = new LinkedHashSet<>();
        int characters = 0;
        for (String alias : names) {
            if (alias.isBlank() || alias.equals(own) || aliases.contains(alias)) {
                continue;
            }
            characters += alias.length();
            if (aliases.size() == MOST_ALIASES || characters > MOST_CHARACTERS_OF_ALIASES) {
                problem(
                        "match",
                        "A model has at most " + MOST_ALIASES + " aliases; from " + alias + " on they are left out.");
                break;
            }
            aliases.add(alias);
        }
        return new ArrayList<>(aliases);
    }

    /** Prices that are collected one by one. */
    final class Prices {
        private final Map<Rate, Rate> rates = new LinkedHashMap<>();

        /** Adds the price of so many units: 1, a thousand (10^3) or a million (10^6). */
        void add(String field, UsageUnit unit, ServiceTier tier, long above, int powerOfTen, @Nullable Object value) {
            BigDecimal usd = decimal(value);
            if (usd == null) {
                problem(field, "A price must be a number.");
                return;
            }
            try {
                Rate rate = new Rate(unit, usd.movePointLeft(powerOfTen), tier, above);
                Rate other = rates.putIfAbsent(new Rate(unit, BigDecimal.ZERO, tier, above), rate);
                if (other != null && !other.equals(rate)) {
                    problem(field, "There is another price of " + unit.code() + ".");
                }
            } catch (InvalidValueException e) {
                problem(field, String.valueOf(e.getMessage()));
            }
        }

        ModelPrices all() {
            return ModelPrices.of(rates.values());
        }
    }
}
