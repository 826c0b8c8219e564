package io.promptforge.seed.cli;

import io.promptforge.seed.internal.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server of the command {@code up}, as other commands find it.
 *
 * @param folder where it keeps its data
 */
record LocalServer(Path folder) {
    /** The server in the folder that {@code up} uses unless another is named. */
    static LocalServer usual() {
        String home = System.getProperty("user.home");
        // As root, the server runs as another user, who cannot enter root's home.
        return new LocalServer(
                System.getProperty("user.name").equals("root")
                        ? Path.of("/var/lib/promptforge")
                        : Path.of(home, ".local", "share", "promptforge"));
    }

    static DatabaseUrl url(int port) {
        return DatabaseUrl.parse("postgresql://promptforge@127.0.0.1:" + port + "/promptforge?sslmode=disable");
    }

    void notePort(int port) throws IOException {
        Files.writeString(portFile(), String.valueOf(port));
    }

    /** The URL of its database; empty if it does not run. */
    Optional<DatabaseUrl> url() {
        try {
            int port = Integer.parseInt(Files.readString(portFile()).strip());
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return Optional.of(url(port));
        } catch (IOException | NumberFormatException notRunning) {
            return Optional.empty();
        }
    }

    private Path portFile() {
        return folder.resolve("port");
    }
}
