package io.promptforge.schema.backup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.util.Map;

/** Writes the frames of an archive to a stream, which its caller closes. */
final class ArchiveWriter {
    /** Writes the content of a frame. */
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private final MessageDigest sha = Block.sha256();
    private final DataOutputStream out;

    ArchiveWriter(OutputStream file) throws IOException {
        out = new DataOutputStream(new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), sha));
        out.write(Frame.MAGIC);
    }

    void description(ArchiveDescription description) throws IOException {
        write(Frame.Type.DESCRIPTION, frame -> {
            frame.writeLong(description.createdAt().toEpochMilli());
            frame.writeUTF(description.serverVersion());
            frame.writeInt(description.migrations().size());
            for (Map.Entry<Integer, Integer> migration :
                    description.migrations().entrySet()) {
                frame.writeInt(migration.getKey());
                frame.writeInt(migration.getValue());
            }
            frame.writeUTF(description.organization().map(String::valueOf).orElse(""));
            frame.writeInt(description.months().size());
            for (YearMonth month : description.months()) {
                frame.writeUTF(month.toString());
            }
        });
    }

    void table(TableLayout table) throws IOException {
        write(Frame.Type.TABLE, frame -> {
            frame.writeUTF(table.name());
            frame.writeInt(table.columns().size());
            for (String column : table.columns()) {
                frame.writeUTF(column);
            }
        });
    }

    void rows(byte[] packed) throws IOException {
        write(new Frame(Frame.Type.ROWS, packed));
    }

    void tableEnd(TableContent content) throws IOException {
        write(Frame.Type.TABLE_END, frame -> {
            frame.writeLong(content.rows());
            frame.writeLong(content.checksum());
        });
    }

    void end() throws IOException {
        out.flush();
        byte[] hash = sha.digest();
        write(new Frame(Frame.Type.END, hash));
        out.flush();
    }

    private void write(Frame.Type type, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        write(new Frame(type, bytes.toByteArray()));
    }

    private void write(Frame frame) throws IOException {
        byte[] head = frame.head();
        out.write(head);
        out.write(frame.content());
        out.writeInt(Frame.crc(head, frame.content()));
    }
}
