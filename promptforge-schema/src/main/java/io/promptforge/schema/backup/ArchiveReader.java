package io.promptforge.schema.backup;

import io.promptforge.schema.backup.BackupException.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Reads an archive, and refuses one that is not as it was written. */
final class ArchiveReader implements Closeable {
    /** Gets the content of an archive, table by table. */
    interface Visitor {
        void begin(ArchiveDescription description);

        void table(TableLayout table) throws SQLException;

        /** Gets whole rows as COPY writes them. */
        void rows(byte[] rows) throws SQLException;

        void tableEnd(TableLayout table, TableContent content) throws SQLException;
    }

    private final Path file;
    private final DataInputStream in;
    private final MessageDigest sha = Block.sha256();
    private long position;

    private ArchiveReader(Path file) throws IOException {
        this.file = file;
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /**
     * Reads the whole archive.
     *
     * @throws BackupException with the position, where the archive is not as it was written; the visitor may have got what is before
     *     it, so read once with one that changes nothing
     */
    static void read(Path file, Visitor visitor) throws SQLException {
        try (ArchiveReader reader = new ArchiveReader(file)) {
            reader.read(visitor);
        } catch (EOFException e) {
            throw damaged(file, "it ends too early, so it was cut off", e);
        } catch (IOException e) {
            throw new BackupException(
                    Reason.FILE,
                    "Cannot read " + file + ": " + e.getMessage(),
                    "Check the file and its permissions",
                    e);
        }
    }

    private void read(Visitor visitor) throws IOException, SQLException {
        readMagic();
        visitor.begin(description(content(next(), Frame.Type.DESCRIPTION)));
        Frame frame = next();
        while (frame.type() != Frame.Type.END) {
            TableLayout table = table(content(frame, Frame.Type.TABLE));
            visitor.table(table);
            TableContent found = TableContent.NONE;
            frame = next();
            while (frame.type() == Frame.Type.ROWS) {
                byte[] rows = decompressed(frame);
                found = found.plus(Block.content(rows, rows.length));
                visitor.rows(rows);
                frame = next();
            }
            DataInputStream end = content(frame, Frame.Type.TABLE_END);
            if (!found.equals(new TableContent(end.readLong(), end.readLong()))) {
                throw damaged("the rows of table " + table.name() + " do not match their checksum");
            }
            visitor.tableEnd(table, found);
            frame = next();
        }
        if (in.read() != -1) {
            throw damaged("it goes on behind its end");
        }
    }

    private void readMagic() throws IOException {
        byte[] magic = in.readNBytes(Frame.MAGIC.length);
        int version = Frame.MAGIC.length - 2;
        if (magic.length == Frame.MAGIC.length
                && Arrays.equals(magic, 0, version, Frame.MAGIC, 0, version)
                && magic[version] > Frame.MAGIC[version]
                && magic[version] <= '9') {
            throw new BackupException(
                    Reason.UNKNOWN_VERSION,
                    file + " has a newer format than this release reads",
                    "Use a newer release");
        }
        if (!Arrays.equals(magic, Frame.MAGIC)) {
            throw damaged(file, "it does not begin as an archive does", null);
        }
        sha.update(magic);
        position = magic.length;
    }

    /** Reads a frame. The length is checked by the end of the file before memory is taken for it. */
    private Frame next() throws IOException {
        byte[] head = in.readNBytes(1 + Integer.BYTES);
        if (head.length < 1 + Integer.BYTES) {
            throw new EOFException();
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        Optional<Frame.Type> type = Frame.Type.of(fields.get());
        int length = fields.getInt();
        if (type.isEmpty() || length < 0 || length > Frame.LONGEST) {
            throw damaged("there is no part of an archive");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException();
        }
        if (in.readInt() != Frame.crc(head, content)) {
            throw damaged("a checksum does not match");
        }
        Frame frame = new Frame(type.get(), content);
        if (frame.type() == Frame.Type.END) {
            if (!MessageDigest.isEqual(sha.digest(), content)) {
                throw damaged("the checksum of the whole archive does not match");
            }
        } else {
            sha.update(head);
            sha.update(content);
            sha.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(Frame.crc(head, content))
                    .array());
        }
        position += head.length + content.length + Integer.BYTES;
        return frame;
    }

    private DataInputStream content(Frame frame, Frame.Type expected) {
        if (frame.type() != expected) {
            throw damaged("a part is missing");
        }
        return new DataInputStream(new ByteArrayInputStream(frame.content()));
    }

    private byte[] decompressed(Frame frame) {
        try {
            return Block.decompress(frame.content());
        } catch (DataFormatException e) {
            throw damaged("rows cannot be decompressed");
        }
    }

    private ArchiveDescription description(DataInputStream in) throws IOException {
        Instant createdAt = Instant.ofEpochMilli(in.readLong());
        String serverVersion = in.readUTF();
        SortedMap<Integer, Integer> migrations = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            migrations.put(in.readInt(), in.readInt());
        }
        String organization = in.readUTF();
        List<YearMonth> months = new ArrayList<>();
        try {
            for (int count = in.readInt(); count > 0; count--) {
                months.add(YearMonth.parse(in.readUTF()));
            }
            return new ArchiveDescription(
                    createdAt,
                    serverVersion,
                    migrations,
                    organization.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(organization)),
                    months);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw damaged("its description cannot be read");
        }
    }

    private static TableLayout table(DataInputStream in) throws IOException {
        String name = in.readUTF();
        List<String> columns = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            columns.add(in.readUTF());
        }
        return new TableLayout(name, columns);
    }

    private BackupException damaged(String problem) {
        return damaged(file, "at byte " + position + " " + problem, null);
    }

    private static BackupException damaged(Path file, String problem, @Nullable Throwable cause) {
        return new BackupException(
                Reason.DAMAGED, file + " is damaged: " + problem, "Nothing was changed; use another backup", cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
