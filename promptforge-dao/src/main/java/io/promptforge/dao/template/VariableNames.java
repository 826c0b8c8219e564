package io.promptforge.dao.template;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the variables of a template in the order of their first use. */
final class VariableNames {
    private final Map<String, Set<String>> paths = new LinkedHashMap<>();
    private final Set<String> certain = new LinkedHashSet<>();

    /** Adds a use. A variable is certain if one of its uses is. */
    void add(String name, String path, boolean isCertain) {
        paths.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(path);
        if (isCertain) {
            certain.add(name);
        }
    }

    List<TemplateVariable> variables() {
        return paths.entrySet().stream()
                .map(use ->
                        new TemplateVariable(use.getKey(), List.copyOf(use.getValue()), certain.contains(use.getKey())))
                .toList();
    }
}
