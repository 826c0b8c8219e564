package io.promptforge.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;

/** Identifies what generated sources were made from: the scripts, the code of this module and the version of jOOQ. */
record SourcesFingerprint(String hash) {
    private static final String FILE = ".fingerprint";

    static SourcesFingerprint of(MigrationScripts scripts) throws IOException {
        return new SourcesFingerprint(Sha256.hex(
                Constants.FULL_VERSION.getBytes(UTF_8),
                ownCode(),
                scripts.checksums().toString().getBytes(UTF_8)));
    }

    boolean isThatOf(Path sources) throws IOException {
        Path file = sources.resolve(FILE);
        return Files.exists(file) && Files.readString(file).equals(hash);
    }

    void writeTo(Path sources) throws IOException {
        Files.writeString(sources.resolve(FILE), hash);
    }

    /** The bytes of this module's jar, or of its folder of classes. */
    private static byte[] ownCode() throws IOException {
        Path code = Path.of(URI.create(SourcesFingerprint.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        StringBuilder hashes = new StringBuilder();
        try (Stream<Path> files = Files.walk(code)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) {
                hashes.append(Sha256.hex(Files.readAllBytes(file)));
            }
        }
        return hashes.toString().getBytes(UTF_8);
    }
}
