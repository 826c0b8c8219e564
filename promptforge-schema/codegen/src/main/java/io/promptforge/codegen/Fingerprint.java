package io.promptforge.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;

/** What generated sources were made from: the scripts, the generator's own classes and the version of jOOQ. */
record Fingerprint(String hash) {
    private static final String FILE = ".fingerprint";

    static Fingerprint of(Path migrations) throws IOException {
        MessageDigest digest = sha256();
        digest.update(Constants.FULL_VERSION.getBytes(UTF_8));
        for (Class<?> part : List.of(GenerateRecords.class, Generator.class, Fingerprint.class)) {
            try (InputStream code = part.getResourceAsStream(part.getSimpleName() + ".class")) {
                digest.update(code.readAllBytes());
            }
        }
        try (Stream<Path> scripts = Files.list(migrations)) {
            for (Path script : scripts.sorted().toList()) {
                digest.update(script.getFileName().toString().getBytes(UTF_8));
                digest.update(Files.readAllBytes(script));
            }
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    boolean isThatOf(Path sources) throws IOException {
        Path file = sources.resolve(FILE);
        return Files.exists(file) && Files.readString(file).equals(hash);
    }

    void writeTo(Path sources) throws IOException {
        Files.writeString(sources.resolve(FILE), hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
