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
 * <p>The build generates their list, {@code ScriptNames}, from the folder. Nothing scans the class path: a list works alike
 * in an IDE, a plain jar, a nested jar and a native image, and costs nothing at startup.
 */
record Scripts(List<Script> all) {

    static final String FOLDER = "/META-INF/promptforge/migration/";

    /** Reads the scripts at the first call, so that configuring {@link Migrations} reads nothing. */
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
        private static final Scripts SCRIPTS = of(ScriptNames.ALL, Scripts::read);
    }
}
