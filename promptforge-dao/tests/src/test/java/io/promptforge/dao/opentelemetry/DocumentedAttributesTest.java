package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documentation of the package has all attributes that are read. */
class DocumentedAttributesTest {
    private static final Path PAGE = Path.of("..", "src/main/java/io/promptforge/dao/opentelemetry/package-info.java");

    @Test
    void everyAttributeIsInTheTableOfThePackage() throws IOException {
        String page = Files.readString(PAGE).replaceAll("\\s*\\*\\s+", " ");

        assertThat(Tables.sources()).hasSizeGreaterThan(200).allSatisfy(source -> assertThat(page)
                .as("a row of package-info.java must have the attribute")
                .containsPattern("[ {]\\Q" + notation(source) + "\\E[,}]"));
        assertThat(AttributeTable.METADATA_PREFIXES)
                .allSatisfy(prefix -> assertThat(page).contains(prefix));
    }

    private static String notation(Source source) {
        String list = source.isFlattened() ? ".*" : "";
        return source.members().isEmpty()
                ? source.attribute() + list
                : source.attribute() + "->" + String.join("->", source.members());
    }
}
