package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cached cluster: its data folder, packed, and the version of the server that made it. */
record Cluster(Path folder) {

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

    /** The version as it stands in the server's, for example 18 of {@code 18.6}. */
    static int majorOf(String version) {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    /** Fills the folder from a server's data folder, for everybody to read. */
    void fill(Path data, String version) throws IOException {
        ClusterArchive.pack(data, archive());
        FileTree.permit(archive(), FileTree.PUBLIC_FILE);
        Files.writeString(versionFile(), version);
        FileTree.permit(versionFile(), FileTree.PUBLIC_FILE);
    }
}
