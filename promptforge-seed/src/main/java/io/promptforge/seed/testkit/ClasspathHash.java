package io.promptforge.seed.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Hashes of files on the class path, for the {@linkplain DatabaseTemplate#key() keys} of templates. A hash depends on the
 * names and contents of the files, not on their location or modification time. Each is 32 hexadecimal digits.
 */
public final class ClasspathHash {
    private ClasspathHash() {}

    /**
     * Hashes all files in a folder of the class path and its subfolders, for example {@code db/migration}. If several jars
     * or directories of the class path contain the folder, the files of all of them are hashed. Uses the context class
     * loader of the calling thread.
     *
     * @param folder the folder's path, without a leading slash
     * @throws IllegalArgumentException if the class path has no such folder with files in it
     * @throws UncheckedIOException if a file cannot be read
     */
    public static String ofResources(String folder) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return of(context == null ? ClasspathHash.class.getClassLoader() : context, folder);
    }

    /**
     * Hashes the whole jars or directories that these classes were loaded from, for templates that are filled by code.
     *
     * @throws IllegalArgumentException if a class was loaded neither from a jar nor from a directory
     * @throws UncheckedIOException if a file cannot be read
     */
    public static String ofCode(Class<?>... classes) {
        List<String> files = new ArrayList<>();
        for (Class<?> type : classes) {
            try {
                addAll(Path.of(location(type)), files);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the code source of " + type.getName(), e);
            }
        }
        return hash(files);
    }

    static String of(ClassLoader loader, String folder) {
        List<String> files = new ArrayList<>();
        try {
            for (URL place : Collections.list(loader.getResources(folder))) {
                addFolder(place, files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder '" + folder + "' of the class path", e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("The class path has no folder '" + folder
                    + "' with files in it. Check the path; it has no leading slash.");
        }
        return hash(files);
    }

    /** Ignores order and duplicates, because the order of the class path does not matter. */
    static String hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.stream().distinct().sorted().forEach(part -> {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static URI location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            if (source != null && "file".equals(source.getLocation().getProtocol())) {
                return source.getLocation().toURI();
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The code source of " + type.getName() + " is no valid URI: " + source.getLocation(), e);
        }
        throw new IllegalArgumentException(type.getName()
                + " was loaded neither from a jar nor from a directory. Name a class of your own build.");
    }

    private static void addAll(Path place, List<String> files) throws IOException {
        if (Files.isDirectory(place)) {
            addFiles(place, files);
            return;
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            addEntries(jar, "", files);
        }
    }

    private static void addFolder(URL place, List<String> files) throws IOException {
        if (place.openConnection() instanceof JarURLConnection jar) {
            // Not closed: the class loader uses the same JarFile.
            addEntries(jar.getJarFile(), jar.getEntryName(), files);
        } else {
            addFiles(Path.of(URI.create(place.toString())), files);
        }
    }

    /** Takes size and CRC from the jar's directory, without reading the entries. */
    private static void addEntries(JarFile jar, String folder, List<String> files) {
        String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
        jar.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
                .map(entry -> describe(entry.getName().substring(prefix.length()), entry.getSize(), entry.getCrc()))
                .forEach(files::add);
    }

    private static void addFiles(Path folder, List<String> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                byte[] bytes = Files.readAllBytes(file);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.add(describe(name, bytes.length, crc.getValue()));
            }
        }
    }

    private static String describe(String name, long size, long crc) {
        // Not String.format: its first call in a JVM takes longer than reading all the files.
        return name + " " + size + " " + HexFormat.of().toHexDigits((int) crc);
    }
}
