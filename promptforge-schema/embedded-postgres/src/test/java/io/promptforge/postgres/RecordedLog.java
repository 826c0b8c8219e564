package io.promptforge.postgres;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Records the messages of a java.util.logging logger and its children until it is closed. */
final class RecordedLog extends Handler implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private RecordedLog(String name) {
        this.logger = Logger.getLogger(name);
    }

    static RecordedLog of(String name) {
        RecordedLog log = new RecordedLog(name);
        log.logger.addHandler(log);
        return log;
    }

    /** The messages of level WARNING and above. */
    List<String> warnings() {
        return messages;
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            messages.add(record.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
