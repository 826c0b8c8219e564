package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cached cluster: its data folder, packed, and the version of the server that made it. */
record CachedCluster(Path folder) {

    Path archive() {
        return folder.resolve("data.tar");
    }

    private Path versionFile() {
        return folder.resolve("version");
    }

    String version() throws IOException {
        return Files.readString(versionFile()).strip();
    }

    int major() throws IOException {
        return majorOf(version());
    }

    /** The major version of the server, for example 18 for {@code 18.6}. */
    static int majorOf(String version) {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    /** Fills the entry from a server's data folder; all users may read the result. */
    void fill(Path data, String version) throws IOException {
        ClusterArchive.pack(data, archive());
        FileTree.permit(archive(), FileTree.PUBLIC_FILE);
        Files.writeString(versionFile(), version);
        FileTree.permit(versionFile(), FileTree.PUBLIC_FILE);
    }
}
