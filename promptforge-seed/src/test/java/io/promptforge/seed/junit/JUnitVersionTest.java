package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JUnitVersionTest {
    /** The build runs these tests on two of them; this holds that it does. */
    @Test
    void isTheOneThatTheBuildSays() {
        assertThat(Test.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("junit-jupiter-api-" + System.getProperty("junit.version") + ".jar");
    }
}
