package io.promptforge.schema.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * Reads tables by COPY. Other threads compress the rows and add up their checksums, a few blocks at a time, so that memory is bounded
 * and the blocks stay in their order.
 */
final class TableCopy {
    /** Gets compressed rows. */
    interface Sink {
        void rows(byte[] packed) throws IOException;
    }

    /** A block that was compressed, if there is a sink for it. */
    private static final class Packed {
        private final byte[] rows;
        private final TableContent content;

        Packed(byte[] rows, TableContent content) {
            this.rows = rows;
            this.content = content;
        }
    }

    private static final int BLOCKS_AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    private final Connection connection;
    private final ExecutorService threads;
    private final LongConsumer progress;

    /** @param progress gets the number of rows of each block */
    TableCopy(Connection connection, ExecutorService threads, LongConsumer progress) {
        this.connection = connection;
        this.threads = threads;
        this.progress = progress;
    }

    /** Reads the rows of a table, or its rows of an organization; without a sink only to add up their checksums. */
    TableContent read(TableLayout table, Optional<UUID> organization, @Nullable Sink sink) throws SQLException {
        Deque<Future<Packed>> running = new ArrayDeque<>();
        TableContent content = TableContent.NONE;
        CopyOut rows = Session.copy(connection).copyOut(table.copyOut(organization));
        try {
            ByteArrayOutputStream block = new ByteArrayOutputStream(Block.SIZE + (Block.SIZE >> 2));
            for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
                block.writeBytes(row);
                if (block.size() >= Block.SIZE) {
                    if (running.size() >= BLOCKS_AT_ONCE) {
                        content = content.plus(finished(running.remove(), sink));
                    }
                    running.add(submit(block.toByteArray(), sink != null));
                    block.reset();
                }
            }
            if (block.size() > 0) {
                running.add(submit(block.toByteArray(), sink != null));
            }
            while (!running.isEmpty()) {
                content = content.plus(finished(running.remove(), sink));
            }
            return content;
        } finally {
            running.forEach(block -> block.cancel(true));
            if (rows.isActive()) {
                rows.cancelCopy();
            }
        }
    }

    private Future<Packed> submit(byte[] rows, boolean compress) {
        return threads.submit(
                () -> new Packed(compress ? Block.compress(rows) : new byte[0], Block.content(rows, rows.length)));
    }

    private TableContent finished(Future<Packed> block, @Nullable Sink sink) {
        try {
            Packed packed = block.get();
            if (sink != null) {
                sink.rows(packed.rows);
            }
            progress.accept(packed.content.rows());
            return packed.content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
