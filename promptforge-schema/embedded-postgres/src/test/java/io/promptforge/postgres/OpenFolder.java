package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A temporary folder for one test that all users may enter. Only the owner may enter JUnit's own one, so that a server that
 * root starts could not use it.
 */
final class OpenFolder implements BeforeEachCallback, AfterEachCallback {

    private @Nullable Path path;
    private @Nullable Path data;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        LauncherEnvironment machine = LauncherEnvironment.current();
        path = createIn(machine.temporaryFolder());
        data = createIn(DataRoot.usual(machine));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        FileTree.delete(path());
        FileTree.delete(data());
    }

    Path path() {
        return Objects.requireNonNull(path, "outside a test");
    }

    /** The folder for servers: in memory, as usual, because the tests take twice as long on a disk. */
    Path data() {
        return Objects.requireNonNull(data, "outside a test");
    }

    private static Path createIn(Path parent) throws IOException {
        Path created = Files.createTempDirectory(parent, "promptforge-test-");
        FileTree.permit(created, FileTree.PUBLIC_FOLDER);
        return created;
    }

    Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(path().resolve(name));
        FileTree.permit(folder, FileTree.PUBLIC_FOLDER);
        return folder;
    }

    /** Copies folders and plain files; the copies belong to the current user, and all users can read them. */
    static void copyReadable(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(folder).toString());
                Files.createDirectories(copy);
                FileTree.permit(copy, FileTree.PUBLIC_FOLDER);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()) {
                    FileTree.permit(copy, FileTree.PUBLIC_FILE);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A folder of commands that fail, for the front of a PATH. */
    Path failingCommands(String... names) throws IOException {
        Path folder = folder("failing-" + String.join("-", names).toLowerCase(Locale.ROOT));
        for (String name : names) {
            Path script = folder.resolve(name);
            Files.writeString(script, "#!/bin/sh\necho \"" + name + " is not allowed here\" >&2\nexit 1\n");
            FileTree.permit(script, FileTree.PUBLIC_FOLDER);
        }
        return folder;
    }
}
