package io.promptforge.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sets of scripts that are not the shipped ones: with an edit, without one, with one more. */
final class TestScripts {

    static final List<String> SHIPPED =
            Scripts.shipped().all().stream().map(Script::name).toList();

    private TestScripts() {}

    /** The shipped scripts with these after them, by file name: {@code V8__x.sql} and perhaps {@code U8__x.sql}. */
    static Scripts shippedAnd(Map<String, String> files) {
        List<String> more = files.keySet().stream()
                .filter(file -> file.startsWith("V"))
                .map(file -> file.substring(1, file.length() - ".sql".length()))
                .sorted()
                .toList();
        List<String> names = IntStream.range(0, SHIPPED.size() + more.size())
                .mapToObj(i -> i < SHIPPED.size() ? SHIPPED.get(i) : more.get(i - SHIPPED.size()))
                .toList();
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
        Map<String, String> copy = new LinkedHashMap<>(files);
        return file -> Optional.ofNullable(copy.get(file)).or(() -> Scripts.read(file));
    }
}
