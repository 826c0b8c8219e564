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
                refused("batchSize", settings -> settings.batchSize(0)),
                refused("batchSize", settings -> settings.batchSize(100_001)),
                refused("capacityBytes", settings -> settings.capacityBytes(64 * 1024 - 1)),
                refused("longestDelay", settings -> settings.longestDelay(negative)),
                refused("longestDelay", settings -> settings.longestDelay(tooLong)),
                refused("recordTimeout", settings -> settings.recordTimeout(negative)),
                refused("recordTimeout", settings -> settings.recordTimeout(tooLong)),
                refused("closeTimeout", settings -> settings.closeTimeout(negative)),
                refused("closeTimeout", settings -> settings.closeTimeout(tooLong)));
    }

    private static Arguments refused(String field, Function<TraceRecorderSettings, TraceRecorderSettings> change) {
        return Arguments.of(field, change);
    }

    @Test
    void theLimitsThemselvesAreAccepted() {
        assertThat(DEFAULTS.batchSize(1).capacityBytes(64 * 1024).longestDelay(Duration.ZERO))
                .isNotEqualTo(DEFAULTS);
        assertThat(DEFAULTS.batchSize(100_000).recordTimeout(Duration.ZERO).closeTimeout(Duration.ofHours(1)))
                .isEqualTo(DEFAULTS.closeTimeout(Duration.ofHours(1))
                        .recordTimeout(Duration.ZERO)
                        .batchSize(100_000));
    }

    @Test
    void aSettingChangesNoOther() {
        TraceRecorderSettings changed = DEFAULTS.batchSize(7);

        assertThat(changed.batchSize()).isEqualTo(7);
        assertThat(changed.longestDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.capacityBytes()).isEqualTo(64 * 1024 * 1024);
        assertThat(changed.recordTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.closeTimeout()).isEqualTo(Duration.ofSeconds(10));
    }
}
