package io.promptforge.benchmarks;

import io.promptforge.schema.Migrations;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of this JVM as jars, as a host has it; folders of classes are packed. */
final class JarClassPath {
    private static final String CHANGED = "META-INF/promptforge/migration/V1__organizations_and_users.sql";

    private final Path folder;
    private final List<Path> jars = new ArrayList<>();
    private final Path schema;
    private int changes;

    /** @param folder for the jars that are made */
    JarClassPath(Path folder) throws IOException, URISyntaxException {
        this.folder = folder;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            jars.add(packed(Path.of(entry).toAbsolutePath()));
        }
        Path source = Path.of(Migrations.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        this.schema = packed(source);
    }

    String asItIs() {
        return joined(jars);
    }

    /** The class path with a migration script that differs from all earlier ones. */
    String withChangedMigration() throws IOException {
        Path changed = folder.resolve("changed-" + ++changes + ".jar");
        Files.copy(schema, changed);
        try (FileSystem files = FileSystems.newFileSystem(changed)) {
            Files.writeString(
                    files.getPath(CHANGED),
                    "\n-- Change " + changes + " at " + System.nanoTime() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        }
        return joined(
                jars.stream().map(jar -> jar.equals(schema) ? changed : jar).toList());
    }

    private static String joined(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private Path packed(Path entry) throws IOException {
        if (!Files.isDirectory(entry)) {
            return entry;
        }
        Path jar = folder.resolve(entry.toString().replaceAll("\\W+", "-").substring(1) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        try (FileSystem target = FileSystems.newFileSystem(jar, Map.of("create", "true"));
                Stream<Path> files = Files.walk(entry)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = target.getPath("/" + entry.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return jar;
    }
}
