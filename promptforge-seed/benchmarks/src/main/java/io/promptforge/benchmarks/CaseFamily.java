package io.promptforge.benchmarks;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * The families of cases, by the names that the option {@code --cases} has for them, in the order in which they run. The cases
 * of {@code TREE} are in {@link TreeCases}, and so on; a new family is registered here and nowhere else.
 */
enum CaseFamily {
    // Those that only read come first.
    TREE(TreeCases::new),
    LIST(ListCases::new),
    RESOLVE(ResolveCases::new),
    INGEST(IngestCases::new),
    REPLAY(ReplayCases::new),
    EVALUATION(EvaluationCases::new),
    AUDIT(AuditCases::new);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a constructor is immutable
    private final Constructor constructor;

    CaseFamily(Constructor constructor) {
        this.constructor = constructor;
    }

    /** The cases over a workspace. Runs no statement. */
    Cases in(Workspace workspace) {
        return constructor.in(workspace);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A family of cases. */
    interface Cases {
        /** Writes what the cases read; called once in a run, before the first of its cases. */
        default void prepare() throws Exception {}

        /**
         * The cases for the rows that are stored now. The stream is lazy: a case is made when its turn comes, and may run
         * statements for that.
         */
        Stream<Case> cases();
    }

    private interface Constructor {
        Cases in(Workspace workspace);
    }
}
