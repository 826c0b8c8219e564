package io.promptforge.dao.json;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceOutcome;
import io.promptforge.dao.trace.TracePayload;
import io.promptforge.schema.type.ExecutionStatus;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class ExtremeDocumentsTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();

    static Stream<String> extremeDocuments() {
        return Stream.of(
                "[9223372036854775808]",
                "[1e999, -1e-999, 0.1e-300, 1.000]",
                Stream.generate(() -> "1e999").limit(5_000).collect(Collectors.joining(",", "[", "]")),
                "{\"" + "k".repeat(60_000) + "\": \"\", \"\": null}",
                namesWithOneHashCode(),
                "\ufeff [\"\ufeff\"]",
                "null",
                "\"" + "\\u0001".repeat(100_000) + "\"");
    }

    @ParameterizedTest
    @MethodSource("extremeDocuments")
    void anExtremeInputOfARunningTraceComesBackWhenItIsFinishedAndFound(String text) {
        Json document = Json.parse(text);
        UUID id = recorded(trace -> trace.input(document));

        Trace finished = fixture.tenant()
                .traces()
                .finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, NOON).output(document));

        assertThat(finished.payload().flatMap(TracePayload::input)).contains(document);
        assertThat(finished.payload().flatMap(TracePayload::output)).contains(document);
        assertThat(fixture.tenant().traces().find(id)).contains(finished);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"p\":1e1500}", "{\"p\":1e-1500}", "[1e131071]", "[0, 1e99999999999]", "[-1e-99999999999]"})
    void aNumberWithMoreDigitsThanReadersTakeIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("more than 1,000 digits")
                .hasMessageContaining("line 1, column ");
    }

    @Test
    void numbersCountAsPostgresqlWritesThem() {
        String few = "[" + "1e900,".repeat(30_000) + "1]";
        String many = "[" + "1e900,".repeat(40_000) + "1]";

        assertThat(Json.parse(few).isObject()).isFalse();
        assertThatThrownBy(() -> Json.parse(many)).hasMessageContaining("32 MiB");
        assertThatThrownBy(() -> Json.of(List.of(Json.parse(few), Json.parse(few))))
                .hasMessageContaining("32 MiB");
    }

    @Test
    void aTextOfMoreThan32MebibytesIsRefused() {
        assertThatThrownBy(() -> Json.of("x".repeat(33 << 20))).hasMessageContaining("32 MiB");
        assertThatThrownBy(() -> Json.parse('"' + "x".repeat(33 << 20) + '"')).hasMessageContaining("32 MiB");
    }

    @Test
    void whatIsMadeStorableForAColumnFitsIt() {
        Map<String, Object> tooMuch = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            tooMuch.put("member" + i, "\u0007ä\"👋".repeat(5_000));
        }
        Json metadata = Json.storable(tooMuch, 262_144);
        UUID id = recorded(trace -> trace.metadata(metadata));

        assertThat(metadata.text()).contains("promptforge.dropped_count");
        assertThat(fixture.tenant().traces().find(id).flatMap(Trace::payload).map(TracePayload::metadata))
                .contains(metadata);
    }

    @Test
    void theDeepestDocumentFitsTheStackOfAFreshJvm() throws IOException, InterruptedException {
        PGSimpleDataSource database = (PGSimpleDataSource) DATABASE.dataSource();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        classPath(),
                        DeepDocument.class.getName(),
                        database.getURL(),
                        database.getUser(),
                        TestTenant.newName("deep"))
                .redirectErrorStream(true)
                .start();
        program.getOutputStream().close();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(output).isZero();
    }

    /** Where this class came from, with all it needs, also if a launcher loaded it. */
    private static String classPath() {
        return ExtremeDocumentsTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private UUID recorded(UnaryOperator<NewTrace> edit) {
        UUID id = UUID.randomUUID();
        fixture.tenant()
                .traces()
                .record(edit.apply(TestTenant.newTrace(id, fixture.project().id())));
        return id;
    }

    /** 2^14 names of 28 characters: as many as make Jackson refuse a document by default. */
    private static String namesWithOneHashCode() {
        return IntStream.range(0, 1 << 14)
                .mapToObj(number -> IntStream.range(0, 14)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
