package io.promptforge.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the shipped scripts, for tests that do not depend on their number, and variants of the shipped scripts: with an
 * edited, a missing or an additional one.
 */
final class TestScripts {

    static final List<String> SHIPPED =
            Scripts.shipped().all().stream().map(Script::name).toList();

    /** All shipped versions, oldest first. */
    static final List<String> VERSIONS =
            Scripts.shipped().all().stream().map(Script::version).toList();

    /** The number of shipped scripts, which is also the latest version, as versions have no gaps. */
    static final int COUNT = VERSIONS.size();

    private TestScripts() {}

    /** The version of a schema that is up to date. */
    static String latest() {
        return latestBut(0);
    }

    /** The version after rolling back an up-to-date schema by this number of steps. */
    static String latestBut(int steps) {
        return VERSIONS.get(COUNT - 1 - steps);
    }

    /** The version of the addition with this number, counted from 1. */
    static String afterLatest(int number) {
        return String.valueOf(COUNT + number);
    }

    /** The shipped scripts, followed by these. */
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

    /** The oldest shipped scripts, as in an older release. */
    static Scripts oldest(int count) {
        return Scripts.of(SHIPPED.subList(0, count), Scripts::read);
    }

    /** The shipped scripts without that of this version. */
    static Scripts without(String version) {
        return Scripts.of(
                SHIPPED.stream()
                        .filter(name -> !name.startsWith(version + "__"))
                        .toList(),
                Scripts::read);
    }

    /** The shipped scripts, with a comment appended to that of this version. */
    static Scripts edited(String version) {
        Script script = Scripts.shipped().find(version).orElseThrow();
        return Scripts.of(SHIPPED, overlaid(Map.of(script.fileName(), script.text() + "-- edited\n")));
    }

    private static Script.Source overlaid(Map<String, String> files) {
        return file -> Optional.ofNullable(files.get(file)).or(() -> Scripts.read(file));
    }

    /**
     * A script of a later release.
     *
     * @param description as in the file name, without the version
     * @param up the text of the script
     * @param down the text of the undo script; empty when there is none
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
