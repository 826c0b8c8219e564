package io.promptforge.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of this library, oldest first.
 *
 * <p>They are listed here rather than found by scanning the class path: a list is the same in an IDE, a plain jar, a
 * nested jar and a native image, and costs nothing at startup. A test holds it against the folder.
 */
record Scripts(List<Script> all) {

    static final String FOLDER = "/META-INF/promptforge/migration/";

    private static final List<String> NAMES = List.of(
            "1__organizations_and_users",
            "2__models",
            "3__projects",
            "4__prompts",
            "5__evaluations",
            "6__policies",
            "7__traces",
            "8__prompt_deployments");

    /** Reads them when first asked for: the class is loaded by whoever only configures. */
    static Scripts shipped() {
        return Shipped.SCRIPTS;
    }

    static Scripts of(List<String> names, Script.Source source) {
        return new Scripts(names.stream().map(name -> Script.of(name, source)).toList());
    }

    Optional<Script> find(String version) {
        return all.stream().filter(script -> script.version().equals(version)).findFirst();
    }

    Script newest() {
        return all.get(all.size() - 1);
    }

    static Optional<String> read(String fileName) {
        try (@Nullable InputStream file = Scripts.class.getResourceAsStream(FOLDER + fileName)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + FOLDER + fileName, unreadable);
        }
    }

    private static final class Shipped {
        private static final Scripts SCRIPTS = of(NAMES, Scripts::read);
    }
}
