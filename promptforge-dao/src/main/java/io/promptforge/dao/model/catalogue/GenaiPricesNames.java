package io.promptforge.dao.model.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The aliases and patterns for what genai-prices matches the name of a model by. */
final class GenaiPricesNames {
    private static final String ANY = "*";

    private GenaiPricesNames() {}

    static List<String> of(Entry entry) {
        List<String> names = new ArrayList<>();
        collect(entry, GenaiPricesReader.members(entry.members().get("match")), names);
        return names;
    }

    private static void collect(Entry entry, Map<?, ?> match, List<String> names) {
        match.forEach((rule, value) -> {
            if (rule.equals("or") && value instanceof List<?> several) {
                several.forEach(each -> collect(entry, GenaiPricesReader.members(each), names));
                return;
            }
            String name = value instanceof String text && !text.contains(ANY) ? name(String.valueOf(rule), text) : null;
            if (name == null) {
                entry.problem("match", "The rule " + rule + " cannot be expressed as an alias.");
            } else {
                names.add(name);
            }
        });
    }

    private static @Nullable String name(String rule, String text) {
        return switch (rule) {
            case "equals" -> text;
            case "starts_with" -> text + ANY;
            case "ends_with" -> ANY + text;
            case "contains" -> ANY + text + ANY;
            default -> null;
        };
    }
}
