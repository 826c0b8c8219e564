package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with PostgreSQL's programs in {@code bin}, ready to run. */
record Installation(Path home, boolean windows) {

    static boolean isAt(Path folder, boolean windows) {
        return Files.isRegularFile(new Installation(folder, windows).postgres());
    }

    Path postgres() {
        return program("postgres");
    }

    Path initdb() {
        return program("initdb");
    }

    /** Identifies the program by path, size and time, which change when it is replaced. A hash of it would take too long. */
    String identity() throws IOException {
        Path program = postgres().toRealPath();
        return program + "|" + Files.size(program) + "|"
                + Files.getLastModifiedTime(program).toMillis();
    }

    private Path program(String name) {
        return home.resolve("bin").resolve(windows ? name + ".exe" : name);
    }
}
