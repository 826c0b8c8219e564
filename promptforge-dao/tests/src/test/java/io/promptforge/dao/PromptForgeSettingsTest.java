package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptForgeSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 31})
    void aBcryptCostOutOfRangeIsRefused(int cost) {
        assertThatThrownBy(() -> PromptForgeSettings.defaults().withBcryptCost(cost))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("bcryptCost"));
    }

    @Test
    void aBlankSchemaIsRefused() {
        assertThatThrownBy(() -> PromptForgeSettings.defaults().withSchema(" "))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("schema"));
    }

    @Test
    void theDefaultsAreTheSchemaPromptforgeTheCostTwelveAndALockoutAfterTenFailures() {
        assertThat(PromptForgeSettings.defaults())
                .isEqualTo(new PromptForgeSettings(
                        "promptforge", 12, PromptForgeSettings.defaults().lockout()));
    }
}
