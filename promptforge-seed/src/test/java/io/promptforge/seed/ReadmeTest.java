package io.promptforge.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code in the READMEs is copied from the hosts under {@code src/it}, which every build compiles and tests. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("```(?:java|xml)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LEFT_OUT = Pattern.compile("^ *\\.\\.\\.$", Pattern.MULTILINE);
    private static final Pattern VERSION = Pattern.compile("<parent>.*?<version>(.*?)</version>", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"../README.md, 5", "README.md, 4"})
    void allCodeInTheReadmeIsThatOfAHost(Path readme, int atLeast) throws IOException {
        List<String> sources = sources();
        List<String> code = found(CODE, Files.readString(readme));

        assertThat(code).hasSizeGreaterThan(atLeast);
        assertThat(code.stream().filter(block -> sources.stream().noneMatch(source -> holds(source, block))))
                .isEmpty();
    }

    /** The files of the hosts, with the version that the build puts into their POMs. */
    private static List<String> sources() throws IOException {
        String version = found(VERSION, Files.readString(Path.of("pom.xml"))).get(0);
        List<String> sources = new ArrayList<>();
        for (Path hosts : List.of(ROOT.resolve("promptforge-schema/src/it"), Path.of("src/it"))) {
            try (Stream<Path> files = Files.walk(hosts)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    sources.add(compact(Files.readString(file).replace("@project.version@", version)));
                }
            }
        }
        return sources;
    }

    /** A line with only an ellipsis matches any lines of the source. */
    private static boolean holds(String source, String block) {
        int at = 0;
        for (String part : LEFT_OUT.split(block, -1)) {
            int begin = source.indexOf(compact(part), at);
            if (begin < 0) {
                return false;
            }
            at = begin + compact(part).length();
        }
        return true;
    }

    /** Without white space, because pages and files break and indent lines differently. */
    private static String compact(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static List<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map((MatchResult each) -> each.group(1)).toList();
    }
}
