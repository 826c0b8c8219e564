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

    /** Changes whenever the package manager replaces the program; reading all of it would cost a start too much. */
    String identity() throws IOException {
        Path program = postgres().toRealPath();
        return program + "|" + Files.size(program) + "|"
                + Files.getLastModifiedTime(program).toMillis();
    }

    private Path program(String name) {
        return home.resolve("bin").resolve(windows ? name + ".exe" : name);
    }
}
