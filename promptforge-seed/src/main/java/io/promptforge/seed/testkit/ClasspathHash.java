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
 * Tells contents of the class path apart, for the keys of {@link TestTemplate}s: the same files give the same text,
 * wherever they lie and whenever they were written.
 */
public final class ClasspathHash {
    private ClasspathHash() {}

    /**
     * Of all files in a folder of the class path and in the folders below it, for example of {@code db/migration}. Where
     * several jars or folders of the class path have it, of the files in all of them.
     *
     * @throws IllegalArgumentException if the class path has no such folder, or one that holds no file
     */
    public static String ofResources(String folder) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return of(context == null ? ClasspathHash.class.getClassLoader() : context, folder);
    }

    /**
     * Of the jars or folders that these classes come from, with all that is in them; for templates that are filled by
     * code.
     *
     * @throws IllegalArgumentException if a class comes from neither
     */
    public static String ofCode(Class<?>... classes) {
        List<String> files = new ArrayList<>();
        for (Class<?> type : classes) {
            try {
                addAll(Path.of(location(type)), files);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read where " + type.getName() + " comes from", e);
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
            throw new UncheckedIOException("Cannot read " + folder + " of the class path", e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("The class path has no folder '" + folder + "' with files in it");
        }
        return hash(files);
    }

    /** In any order, and each file once: the order of the class path is not that of its contents. */
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
            throw new IllegalArgumentException(type + " comes from " + source.getLocation(), e);
        }
        throw new IllegalArgumentException(type + " comes from neither a jar nor a folder");
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
            // Shared with the class loader, so it stays open.
            addEntries(jar.getJarFile(), jar.getEntryName(), files);
        } else {
            addFiles(Path.of(URI.create(place.toString())), files);
        }
    }

    /** A jar's directory has the checksums already. */
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
        // Not by a format: a fresh JVM takes longer for its first one than for all that is read here.
        return name + " " + size + " " + HexFormat.of().toHexDigits((int) crc);
    }
}
