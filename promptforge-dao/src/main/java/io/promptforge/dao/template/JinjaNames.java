package io.promptforge.dao.template;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a Jinja template has set itself at a place, to tell its names from the variables. */
final class JinjaNames {
    private final VariableNames names;
    private final Set<String> set;
    private final Set<String> perhapsSet;
    private final boolean isForeign;

    private JinjaNames(VariableNames names, Set<String> set, Set<String> perhapsSet, boolean isForeign) {
        this.names = names;
        this.set = new HashSet<>(set);
        this.perhapsSet = new HashSet<>(perhapsSet);
        this.isForeign = isForeign;
    }

    JinjaNames(VariableNames names) {
        this(names, Set.of(), Set.of(), false);
    }

    void use(String name, String path) {
        if (!set.contains(name)) {
            names.add(name, path, !isForeign && !perhapsSet.contains(name));
        }
    }

    void set(Collection<String> more) {
        set.addAll(more);
    }

    /** Inside of a block: what is set there ends with it. */
    JinjaNames inside(List<String> more) {
        JinjaNames inner = new JinjaNames(names, set, perhapsSet, isForeign);
        inner.set(more);
        return inner;
    }

    /** Inside of a part that another template may give values. */
    JinjaNames foreign(List<String> more) {
        JinjaNames inner = new JinjaNames(names, set, perhapsSet, true);
        inner.set(more);
        return inner;
    }

    /** Behind branches, one of which was taken: what all of them set is set, what some set perhaps is. */
    void join(List<JinjaNames> branches) {
        Set<String> inAll = new HashSet<>(branches.get(0).set);
        branches.forEach(branch -> {
            inAll.retainAll(branch.set);
            perhapsSet.addAll(branch.set);
            perhapsSet.addAll(branch.perhapsSet);
        });
        set.addAll(inAll);
    }
}
