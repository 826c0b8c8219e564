package io.promptforge.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the shipped scripts are called, for tests that hold of any number of them, and sets of scripts that are not the
 * shipped ones: with an edit, without one, with one more.
 */
final class TestScripts {

    static final List<String> SHIPPED =
            Scripts.shipped().all().stream().map(Script::name).toList();

    /** All shipped versions, oldest first. */
    static final List<String> VERSIONS =
            Scripts.shipped().all().stream().map(Script::version).toList();

    /** How many are shipped. Versions are counted without gaps, so this is the latest of them as well. */
    static final int COUNT = VERSIONS.size();

    private TestScripts() {}

    /** The version of a schema that is up to date. */
    static String latest() {
        return latestBut(0);
    }

    /** The version of a schema that was up to date and rolled back by so many steps. */
    static String latestBut(int steps) {
        return VERSIONS.get(COUNT - 1 - steps);
    }

    /** The version of the first, second … of the {@link Addition additions}. */
    static String afterLatest(int number) {
        return String.valueOf(COUNT + number);
    }

    /** The shipped scripts and these after them. */
    static Scripts shippedAnd(Addition... additions) {
        List<String> names = new ArrayList<>(SHIPPED);
        Map<String, String> files = new HashMap<>();
        for (Addition addition : additions) {
            String name = names.size() + 1 + "__" + addition.description();
            names.add(name);
            files.put("V" + name + ".sql", addition.up());
            addition.down().ifPresent(down -> files.put("U" + name + ".sql", down));
        }
        return Scripts.of(names, overlaid(files));
    }

    /** The oldest shipped scripts only: the library as it was some releases ago. */
    static Scripts oldest(int count) {
        return Scripts.of(SHIPPED.subList(0, count), Scripts::read);
    }

    /** The shipped scripts but this version's: one that was dropped. */
    static Scripts without(String version) {
        return Scripts.of(
                SHIPPED.stream()
                        .filter(name -> !name.startsWith(version + "__"))
                        .toList(),
                Scripts::read);
    }

    /** The shipped scripts with a comment added to this version's: an edit after the release. */
    static Scripts edited(String version) {
        Script script = Scripts.shipped().find(version).orElseThrow();
        return Scripts.of(SHIPPED, overlaid(Map.of(script.fileName(), script.text() + "-- edited\n")));
    }

    private static Script.Source overlaid(Map<String, String> files) {
        return file -> Optional.ofNullable(files.get(file)).or(() -> Scripts.read(file));
    }

    /**
     * The script of a release to come.
     *
     * @param description as in a file name, without the version
     * @param up what it does
     * @param down what undoes it; empty when nothing does
     */
    record Addition(String description, String up, Optional<String> down) {

        static Addition of(String description, String up) {
            return new Addition(description, up, Optional.empty());
        }

        Addition undoneBy(String sql) {
            return new Addition(description, up, Optional.of(sql));
        }
    }
}
