package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What SDKs send, and what is made of it: for each {@code <sdk>.json} of the folder {@code opentelemetry}, the traces in {@code
 * <sdk>.txt}. With {@code -Dgoldens=rewrite} the texts are written instead of compared; read their difference before it is committed.
 */
class RecordedSpansTest {
    private static final Path FOLDER = Path.of("src/test/resources/opentelemetry");
    private static final String SENT = ".json";

    @ParameterizedTest
    @MethodSource("sent")
    void theSpansOfAnSdkBecomeTheseTraces(Path sent) throws IOException {
        Path expected = sent.resolveSibling(sent.getFileName().toString().replace(SENT, ".txt"));
        String traces = TraceText.of(SentFile.map(Sent.PROJECT, sent));

        if ("rewrite".equals(System.getProperty("goldens"))) {
            Files.writeString(expected, traces);
        }
        assertThat(traces).isEqualTo(Files.readString(expected));
    }

    @Test
    void everyFileHasSpansOrTraces() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> texts = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(SENT))
                    .toList();
            assertThat(texts)
                    .containsExactlyInAnyOrderElementsOf(sent().stream()
                            .map(file -> file.getFileName().toString().replace(SENT, ".txt"))
                            .toList())
                    .hasSizeGreaterThan(12);
        }
    }

    static List<Path> sent() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(SENT)).sorted().toList();
        }
    }
}
