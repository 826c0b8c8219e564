package io.promptforge.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the server's programs come from: an installation, or an archive that is unpacked into the cache. */
interface Binaries {

    /** Identifies the programs: different programs have different identities. */
    String identity();

    /** Unpacks the programs if necessary. They stay until the lease is closed. */
    FolderLease install(Cache cache);

    /** The configured programs; without a configuration, those on the class path. */
    static Binaries find(LauncherEnvironment machine, @Nullable Path given) {
        Optional<Path> configured = given == null ? machine.configuredPath("binaries") : Optional.of(given);
        try {
            return configured.isPresent() ? at(machine, configured.get().toAbsolutePath()) : onClassPath(machine);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot read PostgreSQL binaries"
                            + configured.map(path -> " from " + path).orElse("") + ": " + FailedAttempts.reason(e)
                            + "\nWhat to do: check that the file is whole and can be read.",
                    e);
        }
    }

    private static Binaries at(LauncherEnvironment machine, Path path) throws IOException {
        if (Installation.isAt(path, machine.isWindows())) {
            return new InstalledBinaries(new Installation(path, machine.isWindows()));
        }
        String name = path.getFileName().toString();
        if (Files.isRegularFile(path) && name.endsWith(".jar")) {
            return PackedBinaries.inJar(path, platform(machine));
        }
        if (Files.isRegularFile(path)) {
            return PackedBinaries.ofFile(path);
        }
        String found = Files.exists(path) ? "a folder without bin/postgres" : "missing";
        throw new EmbeddedPostgresException("PostgreSQL binaries are expected at " + path + ", but it is " + found + "."
                + "\nWhat to do: name a binaries jar, a .txz archive or an installation's folder, the one that holds"
                + " bin/postgres.");
    }

    private static Binaries onClassPath(LauncherEnvironment machine) throws IOException {
        Platform platform = platform(machine);
        Optional<URL> archive = resource(platform.archive());
        if (archive.isEmpty()) {
            throw new EmbeddedPostgresException(
                    "No PostgreSQL binaries: " + platform.archive() + " is not on the class path.\nWhat to do: add "
                            + platform.artifact() + " (runtime or test scope), or name an installation, a binaries jar"
                            + " or a .txz archive by -Dpromptforge.postgres.binaries=... or"
                            + " PROMPTFORGE_POSTGRES_BINARIES.");
        }
        return PackedBinaries.at(archive.get());
    }

    private static Platform platform(LauncherEnvironment machine) {
        return machine.platform()
                .orElseThrow(() -> new EmbeddedPostgresException("There are no packed PostgreSQL binaries for "
                        + machine.property("os.name") + " on " + machine.property("os.arch")
                        + ".\nWhat to do: name an installation of PostgreSQL 14 to 18 by"
                        + " -Dpromptforge.postgres.binaries=... or PROMPTFORGE_POSTGRES_BINARIES, or run on a platform"
                        + " that one of these artifacts is for: " + Platform.allArtifacts() + "."));
    }

    private static Optional<URL> resource(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        URL found = context == null ? null : context.getResource(name);
        return Optional.ofNullable(found)
                .or(() -> Optional.ofNullable(Binaries.class.getClassLoader().getResource(name)));
    }

    /** The bytes of an archive. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }
}
