package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cached cluster: its data, and the version of the server that made it. */
record Cluster(Path folder) {

    Path data() {
        return folder.resolve("data");
    }

    String version() throws IOException {
        return Files.readString(folder.resolve("version")).strip();
    }

    /** The major version, as the data folder itself has it. */
    static int majorOf(Path data) throws IOException {
        return Integer.parseInt(Files.readString(data.resolve("PG_VERSION")).strip());
    }
}
