package io.promptforge.benchmarks;

import picocli.CommandLine.Option;

/** The options that say how often each contender of a case runs. */
final class RoundOptions {
    @Option(names = "--rounds", defaultValue = "20", description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-ups", defaultValue = "5", description = "Rounds before. Default: ${DEFAULT-VALUE}.")
    private int warmUps;

    Harness harness() {
        return new Harness(warmUps, rounds);
    }

    @Override
    public String toString() {
        return rounds + ", after " + warmUps + " that are not counted";
    }
}
