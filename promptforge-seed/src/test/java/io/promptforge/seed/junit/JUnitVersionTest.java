package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JUnitVersionTest {
    /** The build runs these tests with JUnit 5 and 6; this test fails if both runs use the same one. */
    @Test
    void isTheOneThatTheBuildConfigures() {
        assertThat(Test.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("junit-jupiter-api-" + System.getProperty("junit.version") + ".jar");
    }
}
