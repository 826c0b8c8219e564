package io.promptforge.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The file {@code postmaster.pid} with the process id and state of a running server; see pidfile.h in PostgreSQL's source. */
record PostmasterFile(List<String> lines) {

    private static final int PID = 0;
    private static final int START_TIME = 2;
    private static final int STATUS = 7;

    /** Reads the file; without lines when it does not exist. */
    static PostmasterFile in(Path data) {
        try {
            return new PostmasterFile(Files.readAllLines(path(data), StandardCharsets.ISO_8859_1));
        } catch (IOException none) {
            return new PostmasterFile(List.of());
        }
    }

    static Path path(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Whether the file is whole, and its process id is that of a process that started at another time, or of none. */
    boolean isOfAnotherProcess() {
        return line(PID).matches("\\d{1,18}") && line(START_TIME).matches("\\d{1,11}") && !isAlive();
    }

    boolean isReady() {
        return line(STATUS).equals("ready");
    }

    boolean isAlive() {
        return process().isPresent();
    }

    /** The process that wrote the file, if it still runs; a later process with the same id does not count. */
    Optional<ProcessHandle> process() {
        if (!line(PID).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant started = line(START_TIME).matches("\\d{1,11}")
                ? Instant.ofEpochSecond(Long.parseLong(line(START_TIME)))
                : Instant.EPOCH;
        return RunningProcess.of(Long.parseLong(line(PID))).filter(process -> process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().toSeconds() < 10)
                .orElse(true));
    }

    private String line(int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }
}
