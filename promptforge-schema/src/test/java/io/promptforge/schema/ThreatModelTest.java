package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** THREATS.md claims nothing without a test. */
class ThreatModelTest {
    private static final Path PAGE = Path.of("THREATS.md");
    private static final Pattern LINK = Pattern.compile("\\[(\\w+)(?:\\.(\\w+))?]\\(([^)]+)\\)");

    @Test
    void everyClaimNamesATest() throws IOException {
        List<String> claims = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Cannot"))
                .toList();

        assertThat(claims).hasSizeGreaterThan(15).allMatch(claim -> LINK.matcher(claim)
                .find());
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        List<MatchResult> links = LINK.matcher(Files.readString(PAGE)).results().toList();

        assertThat(links).isNotEmpty().allSatisfy(link -> {
            Path file = Path.of(link.group(3));
            assertThat(file).exists().hasFileName(link.group(1) + ".java");
            String method = link.group(2) == null ? "class " + link.group(1) : "void " + link.group(2) + "(";
            assertThat(Files.readString(file)).contains(method);
        });
    }
}
