package io.promptforge.benchmarks;

import io.promptforge.benchmarks.AlternatingCalls.Sample;
import io.promptforge.benchmarks.ReadCase.ReadCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Measures one read case in a JVM that runs nothing else. */
final class ColdReadJvm {
    private static final int MEASURED_CALLS = 200;

    private ColdReadJvm() {}

    /**
     * Starts a JVM and returns its samples, one for each number of calls.
     *
     * @param limit the greatest time that it spends on the calls before a sample
     */
    static List<Sample> run(String url, String name, List<Long> calls, Duration limit) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ColdReadJvm.class.getName(),
                url,
                name,
                limit.toString()));
        calls.forEach(number -> command.add(String.valueOf(number)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Sample> samples;
        try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
            samples = lines.map(Sample::parse).toList();
        }
        if (samples.size() != calls.size()) {
            throw new IllegalStateException("The JVM for " + name + " ended early.");
        }
        return samples;
    }

    @SuppressWarnings("SystemOut") // read by the JVM that has started this one
    public static void main(String[] arguments) throws Exception {
        List<Long> calls = Stream.of(arguments).skip(3).map(Long::valueOf).toList();
        try (BenchmarkDatabase database = BenchmarkDatabase.inUse(arguments[0]);
                Workspace workspace = Workspace.existing(database, Scale.measured(List.of(), List.of()))) {
            samples(subject(workspace, arguments[1]), calls, Duration.parse(arguments[2]))
                    .forEach(sample -> System.out.println(sample.line()));
        }
    }

    static ReadCase<?> subject(Workspace workspace, String name) {
        return Stream.of(CaseFamily.values())
                .map(family -> family.in(workspace))
                .filter(ReadCases.class::isInstance)
                .flatMap(cases -> ((ReadCases) cases).reads())
                .filter(read -> read.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static <K> List<Sample> samples(ReadCase<K> subject, List<Long> calls, Duration limit) throws Exception {
        AlternatingCalls<K> alternating = new AlternatingCalls<>(subject);
        List<Sample> samples = new ArrayList<>();
        for (long number : calls) {
            alternating.callUntil(number, limit);
            samples.add(alternating.measure(MEASURED_CALLS));
        }
        return samples;
    }
}
