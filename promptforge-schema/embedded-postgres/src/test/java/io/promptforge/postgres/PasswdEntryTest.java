package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswdEntryTest {

    @Test
    void readsNameAndNumbers() {
        assertThat(PasswdEntry.parse("nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin"))
                .contains(new PasswdEntry("nobody", 65534, 65533));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root:x:0:0:root:/:/bin/sh", "toor:x:0:0::/:/bin/sh", "+::::::", "# comment", ""})
    void takesNeitherRootNorOtherLines(String line) {
        assertThat(PasswdEntry.parse(line)).isEmpty();
    }
}
