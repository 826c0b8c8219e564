package io.promptforge.dao.trace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceRecorderSettingsTest {

    private static final TraceRecorderSettings DEFAULTS = TraceRecorderSettings.defaults();

    @ParameterizedTest
    @MethodSource("valuesOutOfRange")
    void aValueOutOfRangeIsRefusedByItsName(
            String field, Function<TraceRecorderSettings, TraceRecorderSettings> change) {
        assertThatThrownBy(() -> change.apply(DEFAULTS))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    static Stream<Arguments> valuesOutOfRange() {
        Duration negative = Duration.ofNanos(-1);
        Duration tooLong = Duration.ofHours(1).plusNanos(1);
        return Stream.of(
                refused("batchSize", settings -> settings.withBatchSize(0)),
                refused("batchSize", settings -> settings.withBatchSize(100_001)),
                refused("capacityBytes", settings -> settings.withCapacityBytes(64 * 1024 - 1)),
                refused("longestDelay", settings -> settings.withLongestDelay(negative)),
                refused("longestDelay", settings -> settings.withLongestDelay(tooLong)),
                refused("recordTimeout", settings -> settings.withRecordTimeout(negative)),
                refused("recordTimeout", settings -> settings.withRecordTimeout(tooLong)),
                refused("closeTimeout", settings -> settings.withCloseTimeout(negative)),
                refused("closeTimeout", settings -> settings.withCloseTimeout(tooLong)));
    }

    private static Arguments refused(String field, Function<TraceRecorderSettings, TraceRecorderSettings> change) {
        return Arguments.of(field, change);
    }

    @Test
    void theLimitsThemselvesAreAccepted() {
        assertThat(DEFAULTS.withBatchSize(1).withCapacityBytes(64 * 1024).withLongestDelay(Duration.ZERO))
                .isNotEqualTo(DEFAULTS);
        assertThat(DEFAULTS.withBatchSize(100_000)
                        .withRecordTimeout(Duration.ZERO)
                        .withCloseTimeout(Duration.ofHours(1)))
                .isEqualTo(new TraceRecorderSettings(
                        100_000, Duration.ofSeconds(1), 64 * 1024 * 1024, Duration.ZERO, Duration.ofHours(1)));
    }
}
