package io.promptforge.dao.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isEqualToASecretOfTheSameTextOnly() {
        Secret secret = Secret.of("sk-0123456789abcdef");

        assertThat(secret).isEqualTo(Secret.of("sk-0123456789abcdef")).hasSameHashCodeAs("sk-0123456789abcdef");
        assertThat(secret).isNotEqualTo(Secret.of("sk-0123456789abcdeg")).isNotEqualTo("sk-0123456789abcdef");
    }
}
