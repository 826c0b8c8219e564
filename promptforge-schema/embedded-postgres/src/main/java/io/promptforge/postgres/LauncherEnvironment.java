package io.promptforge.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The launcher's view of the machine: properties, environment, ports and disk space. Tests replace parts of it.
 *
 * @param properties system properties
 * @param environment environment variables, for the launcher itself and for the commands it runs
 * @param ports proposes a TCP port that is probably free
 * @param usableSpace bytes that can be written to the file system of a folder
 */
record LauncherEnvironment(
        Properties properties, Map<String, String> environment, IntSupplier ports, ToLongFunction<Path> usableSpace) {

    /** Folders with tools that may be missing from a user's PATH. */
    private static final List<String> SYSTEM_PATH = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    static LauncherEnvironment current() {
        return new LauncherEnvironment(
                System.getProperties(), System.getenv(), LauncherEnvironment::freePort, LauncherEnvironment::spaceOf);
    }

    LauncherEnvironment withEnvironment(String name, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value);
        return new LauncherEnvironment(properties, Map.copyOf(changed), ports, usableSpace);
    }

    LauncherEnvironment withProperty(String name, String value) {
        Properties changed = new Properties();
        changed.putAll(properties);
        changed.setProperty(name, value);
        return new LauncherEnvironment(changed, environment, ports, usableSpace);
    }

    LauncherEnvironment withPorts(IntSupplier supplier) {
        return new LauncherEnvironment(properties, environment, supplier, usableSpace);
    }

    LauncherEnvironment withUsableSpace(ToLongFunction<Path> space) {
        return new LauncherEnvironment(properties, environment, ports, space);
    }

    boolean isWindows() {
        return property("os.name").startsWith("Windows");
    }

    boolean isMac() {
        return property("os.name").startsWith("Mac");
    }

    boolean isLinux() {
        return property("os.name").equals("Linux");
    }

    Optional<Platform> platform() {
        return Platform.of(property("os.name"), property("os.arch"), isLinux() && hasMusl());
    }

    String property(String name) {
        return properties.getProperty(name, "");
    }

    Path temporaryFolder() {
        return Path.of(property("java.io.tmpdir")).toAbsolutePath();
    }

    /** The path in {@code promptforge.postgres.NAME}, or else in {@code PROMPTFORGE_POSTGRES_NAME}. */
    Optional<Path> configuredPath(String name) {
        String variable = "PROMPTFORGE_POSTGRES_" + name.toUpperCase(Locale.ROOT);
        return Stream.of(property("promptforge.postgres." + name), environment.getOrDefault(variable, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(value -> Path.of(value).toAbsolutePath());
    }

    /** Looks a command up on the PATH; Java's own look-up would use the PATH of the JVM instead of this one. */
    Optional<Path> command(String name) {
        String[] path = environment.getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.concat(Arrays.stream(path), SYSTEM_PATH.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean hasMusl() {
        try (DirectoryStream<Path> loaders = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
            return loaders.iterator().hasNext();
        } catch (IOException noSuchFolder) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No TCP port of 127.0.0.1 can be bound", e);
        }
    }

    private static long spaceOf(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
