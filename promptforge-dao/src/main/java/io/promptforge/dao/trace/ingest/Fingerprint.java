package io.promptforge.dao.trace.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.json.Json;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what records report, by SHA-256 of which 16 bytes are kept. Equal fingerprints mean equal values; different ones mean
 * nothing, since documents are hashed by their text as it was sent.
 */
final class Fingerprint {
    private static final int USUAL_LENGTH = 512;

    private final StringBuilder values = new StringBuilder(USUAL_LENGTH);

    /** Hashed after the values, which have their lengths; not copied into the text of the values, because they are long. */
    private final List<String> documents = new ArrayList<>();

    private Fingerprint() {}

    static <F extends Reported<F>> UUID of(F fields) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(fields.revision);
        fingerprint.add(new TreeSet<>(fields.provisional()));
        fields.reported().forEach(column -> fingerprint.add(column.get(fields)));
        return fingerprint.hash();
    }

    private UUID hash() {
        MessageDigest digest = sha256();
        digest.update(values.toString().getBytes(UTF_8));
        documents.forEach(document -> digest.update(document.getBytes(UTF_8)));
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** Each value with its length in front, so that two of them are never taken for two others. */
    private void add(@Nullable Object value) {
        if (value == null) {
            values.append('-');
        } else if (value instanceof Instant time) {
            // formatting it as a date takes longer than all the rest
            values.append('@').append(time.getEpochSecond()).append('.').append(time.getNano());
        } else if (value instanceof Json document) {
            String text = document.text();
            values.append(text.length()).append('#');
            documents.add(text);
        } else {
            String text = value.toString();
            values.append(text.length()).append(':').append(text);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
