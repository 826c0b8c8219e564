package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.user.Lockout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptForgeSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 31})
    void aBcryptCostOutOfRangeIsRefused(int cost) {
        assertThatThrownBy(() -> PromptForgeSettings.defaults().bcryptCost(cost))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("bcryptCost"));
    }

    @Test
    void aBlankSchemaIsRefused() {
        assertThatThrownBy(() -> PromptForgeSettings.defaults().schema(" "))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("schema"));
    }

    @Test
    void theDefaultsAreTheSchemaPromptforgeTheCostTwelveAndALockoutAfterTenFailures() {
        PromptForgeSettings defaults = PromptForgeSettings.defaults();

        assertThat(defaults.schema()).isEqualTo("promptforge");
        assertThat(defaults.bcryptCost()).isEqualTo(12);
        assertThat(defaults.lockout()).isEqualTo(Lockout.of(10, Duration.ofMinutes(15)));
        assertThat(defaults.schema("promptforge").bcryptCost(12)).isEqualTo(defaults);
        assertThat(defaults.schema("other")).isNotEqualTo(defaults);
    }
}
