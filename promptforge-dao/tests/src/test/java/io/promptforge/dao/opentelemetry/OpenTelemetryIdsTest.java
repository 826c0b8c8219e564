package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTelemetryIdsTest {

    @ParameterizedTest
    @CsvSource({
        "0af7651916cd43dd8448eb211c80319c, 0af76519-16cd-43dd-8448-eb211c80319c",
        "ffffffffffffffffffffffffffffffff, ffffffff-ffff-ffff-ffff-ffffffffffff",
        "00000000000000000000000000000001, 00000000-0000-0000-0000-000000000001",
        "80000000000000000000000000000000, 80000000-0000-0000-0000-000000000000",
    })
    void aTraceIdIsAUuidDigitByDigit(String hex, UUID id) {
        assertThat(OpenTelemetryIds.traceId(hex)).isEqualTo(id);
        assertThat(OpenTelemetryIds.traceId(id)).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "b7ad6b7169203331, 00000000-0000-0000-b7ad-6b7169203331",
        "0000000000000001, 00000000-0000-0000-0000-000000000001",
        "ffffffffffffffff, 00000000-0000-0000-ffff-ffffffffffff",
    })
    void aSpanIdIsTheLowerHalfOfAUuid(String hex, UUID id) {
        assertThat(OpenTelemetryIds.spanId(hex)).isEqualTo(id);
        assertThat(OpenTelemetryIds.spanId(id)).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "b7ad6b7169203331, 00000000-0000-0000-b7ad-6b7169203331",
        "t61rcWkgMzE=, 00000000-0000-0000-b7ad-6b7169203331",
        "CvdlGRbNQ92ESOshHIAxnA==, 0af76519-16cd-43dd-8448-eb211c80319c",
        "CvdlGRbNQ92ESOshHIAxnA, 0af76519-16cd-43dd-8448-eb211c80319c",
        "++++++++++++++++++++++==, fbefbefb-efbe-fbef-befb-efbefbefbefb",
        "----------------------==, fbefbefb-efbe-fbef-befb-efbefbefbefb",
    })
    void aTraceIdMayHaveEightBytesOrBeBase64(String text, UUID id) {
        assertThat(OpenTelemetryIds.traceId(text)).isEqualTo(id);
    }

    @Test
    void aSpanIdMayBeBase64() {
        assertThat(OpenTelemetryIds.spanId("t61rcWkgMzE=")).isEqualTo(OpenTelemetryIds.spanId("b7ad6b7169203331"));
    }

    @Test
    void everyIdComesBack() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            UUID trace = new UUID(random.nextLong(), random.nextLong());
            UUID span = new UUID(0, random.nextLong());
            assertThat(OpenTelemetryIds.traceId(OpenTelemetryIds.traceId(trace)))
                    .isEqualTo(trace);
            assertThat(OpenTelemetryIds.spanId(OpenTelemetryIds.spanId(span))).isEqualTo(span);
        }
    }

    @Test
    void upperCaseIsReadAndLowerCaseGiven() {
        assertThat(OpenTelemetryIds.traceId(OpenTelemetryIds.traceId("0AF7651916CD43DD8448EB211C80319C")))
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(OpenTelemetryIds.spanId(OpenTelemetryIds.spanId("B7AD6B7169203331")))
                .isEqualTo("b7ad6b7169203331");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0af7651916cd43dd8448eb211c80319",
                "0af7651916cd43dd8448eb211c80319c0",
                "0af7651916cd43dd8448eb211c80319g",
                "0af76519-16cd-43dd-8448-eb211c80319c",
                "+af7651916cd43dd8448eb211c80319c",
                "٠af7651916cd43dd8448eb211c80319c",
                "00000000000000000000000000000000",
                "0000000000000000",
                "AAAAAAAAAAAAAAAAAAAAAA==",
                "CvdlGRbNQ92ESOshHIAx",
            })
    void aMalformedTraceIdIsRefused(String hex) {
        assertRefused("trace_id", () -> OpenTelemetryIds.traceId(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b7ad6b716920333",
                "b7ad6b71692033310",
                "b7ad6b716920333z",
                "-7ad6b7169203331",
                "0000000000000000",
                "CvdlGRbNQ92ESOshHIAxnA==",
                "t61rcWkgMzE?"
            })
    void aMalformedSpanIdIsRefused(String hex) {
        assertRefused("span_id", () -> OpenTelemetryIds.spanId(hex));
    }

    @Test
    void aUuidThatIsNoOpenTelemetryIdIsRefused() {
        assertRefused("span_id", () -> OpenTelemetryIds.spanId(new UUID(1, 1)));
        assertRefused("span_id", () -> OpenTelemetryIds.spanId(new UUID(0, 0)));
        assertRefused("trace_id", () -> OpenTelemetryIds.traceId(new UUID(0, 0)));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullIsRefused() {
        assertRefused("trace_id", () -> OpenTelemetryIds.traceId((String) null));
        assertRefused("trace_id", () -> OpenTelemetryIds.traceId((UUID) null));
        assertRefused("span_id", () -> OpenTelemetryIds.spanId((String) null));
        assertRefused("span_id", () -> OpenTelemetryIds.spanId((UUID) null));
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(InvalidValueException.class, refusal -> assertThat(refusal.field())
                        .isEqualTo(field))
                .hasMessageContaining(field);
    }
}
