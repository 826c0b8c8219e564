package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what records report, by SHA-256 of which 16 bytes are kept. Equal fingerprints mean equal values; different ones mean
 * nothing, since documents are hashed by their text as it was sent.
 */
final class Fingerprint {
    private static final byte NULL = 0;
    private static final byte VALUE = 1;

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static UUID of(TraceFields fields) {
        return new Fingerprint().add(fields.revision, fields, TraceFields.REPORTED);
    }

    static UUID of(SpanFields fields) {
        return new Fingerprint().add(fields.revision, fields, SpanFields.REPORTED);
    }

    private <F extends Merge.Fields> UUID add(int revision, F fields, List<Column<F, ?>> columns) {
        add(revision);
        add(new TreeSet<>(fields.provisional()).toString());
        columns.forEach(column -> add(column.get(fields)));
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** Each value with its length in front, so that two of them are never taken for two others. */
    private void add(@Nullable Object value) {
        if (value == null) {
            digest.update(NULL);
            return;
        }
        byte[] text =
                (value instanceof Json document ? document.text() : value.toString()).getBytes(StandardCharsets.UTF_8);
        digest.update(VALUE);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
        digest.update(text);
    }
}
