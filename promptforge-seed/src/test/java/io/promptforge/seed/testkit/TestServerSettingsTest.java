package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class TestServerSettingsTest {
    @Test
    void systemPropertiesTakePrecedenceOverTheEnvironment() {
        TestServerSettings settings = TestServerSettings.of(
                Map.of(TestServerSettings.URL, "postgresql://property/x")::get,
                Map.of(
                        "PROMPTFORGE_TEST_DATABASE_URL", "postgresql://environment/x",
                        "PROMPTFORGE_TEST_DATABASE", " docker ",
                        "PROMPTFORGE_TEST_DATABASE_IMAGE", " ")::get);

        assertThat(settings.url()).contains("postgresql://property/x");
        assertThat(settings.kind()).contains("docker");
        assertThat(settings.image()).isEmpty();
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> create(Optional.empty(), "dokcer"))
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageContaining("'dokcer'")
                .hasMessageContaining("embedded, docker or url");
    }

    @Test
    void anInvalidUrlIsReportedWithoutItsPassword() {
        assertThatThrownBy(() -> create(Optional.of("mysql://ann:secret@host/db"), null))
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageContaining("does not begin with postgresql://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theKindTakesPrecedenceOverTheUrl() {
        try (TestDatabase database = create(Optional.of("postgresql://127.0.0.1:1/nowhere"), "embedded")) {
            assertThat(database.name()).startsWith("test_");
        }
    }

    @Test
    void aMissingDockerEngineIsReportedTogetherWithTheOtherWays() {
        assumeFalse(DockerClientFactory.instance().isDockerAvailable(), "a Docker engine is running");

        assertThatThrownBy(() -> create(Optional.empty(), "docker"))
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageContaining("Docker (PROMPTFORGE_TEST_DATABASE=docker")
                .hasMessageContaining("Docker environment")
                .hasMessageContaining("embedded server: not tried");
    }

    private static TestDatabase create(Optional<String> url, @Nullable String kind) {
        return TestDatabases.of(List.of(), new TestServerSettings(url, Optional.ofNullable(kind), Optional.empty()))
                .create();
    }
}
