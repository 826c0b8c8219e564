package io.promptforge.benchmarks;

import io.promptforge.benchmarks.BenchmarkCommand.Cases;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The cases that were asked for. What they read beside the stored spans is written once. */
final class CasesOfRun {
    private final Workspace workspace;
    private final IngestCases ingest;
    private final Set<Cases> asked;
    private final Optional<TreeCases> trees;
    private final Optional<ResolveCase> prompts;

    /** Writes what is read. */
    CasesOfRun(Workspace workspace, Set<Cases> asked, IngestCases ingest) throws Exception {
        this.workspace = workspace;
        this.ingest = ingest;
        this.asked = asked;
        trees = asked.contains(Cases.TREE) ? Optional.of(TreeCases.prepared(workspace)) : Optional.empty();
        prompts = asked.contains(Cases.RESOLVE) ? Optional.of(ResolveCase.prepared(workspace)) : Optional.empty();
        if (asked.contains(Cases.INGEST)) {
            ingest.requireSameRows();
        }
    }

    /** Each made when its turn comes: it looks at what is stored then. Those that only read come first. */
    Stream<Case> stream() {
        return Stream.of(Cases.TREE, Cases.LIST, Cases.RESOLVE, Cases.INGEST, Cases.REPLAY, Cases.EVALUATION)
                .filter(asked::contains)
                .flatMap(this::cases);
    }

    private Stream<Case> cases(Cases which) {
        return switch (which) {
            case TREE -> trees.stream().flatMap(TreeCases::all);
            case LIST -> new ListCases(workspace).all();
            case RESOLVE -> prompts.stream().map(ResolveCase::resolve);
            case INGEST -> ingest.ofNew();
            case REPLAY -> ingest.replay();
            case EVALUATION -> Stream.of(new EvaluationCase(workspace).results());
            case RETENTION -> Stream.empty();
        };
    }
}
