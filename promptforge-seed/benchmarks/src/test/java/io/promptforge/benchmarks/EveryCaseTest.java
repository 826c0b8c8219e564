package io.promptforge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.benchmarks.AlternatingCalls.Sample;
import io.promptforge.benchmarks.CaseFamily.Cases;
import io.promptforge.benchmarks.Retention.Removal;
import io.promptforge.postgres.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs every case once on a handful of rows, without measuring: a case that no longer works fails the build. */
class EveryCaseTest {
    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.start();
    private static final BenchmarkDatabase DATABASE = database();
    private static final Workspace WORKSPACE = Workspace.create(DATABASE, Scale.smoke());

    private static BenchmarkDatabase database() {
        SERVER.createDatabase("smoke");
        return BenchmarkDatabase.inUse(SERVER.jdbcUrl("smoke"));
    }

    private static final Map<CaseFamily, Cases> CASES = new EnumMap<>(CaseFamily.class);

    @BeforeAll
    static void prepare() throws Exception {
        WORKSPACE.fill(1_000);
        for (CaseFamily family : CaseFamily.values()) {
            Cases cases = family.in(WORKSPACE);
            cases.prepare();
            CASES.put(family, cases);
        }
    }

    @AfterAll
    static void stop() {
        WORKSPACE.close();
        DATABASE.close();
        SERVER.close();
    }

    @ParameterizedTest
    @EnumSource(CaseFamily.class)
    void everyContenderRunsAndComesToTheSameResult(CaseFamily family) throws Exception {
        List<CaseOutcome> outcomes = new ArrayList<>();
        for (Case subject : cases(family).toList()) {
            outcomes.add(new Harness(0, 1).run(subject));
        }

        assertThat(outcomes).isNotEmpty().allSatisfy(outcome -> {
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.contenders())
                    .contains(Case.PROMPTFORGE)
                    .hasSizeGreaterThan(1)
                    .containsExactlyElementsOf(outcome.subject().contenders().stream()
                            .map(Case.Contender::name)
                            .toList());
            assertThat(outcome.nanos().values()).allMatch(nanos -> nanos[0] > 0);
            assertThat(outcome.subject().targets())
                    .allMatch(target -> outcome.contenders().contains(target.baseline()));
        });
    }

    @Test
    void namesOfCasesAreUnique() {
        assertThat(Stream.of(CaseFamily.values()).flatMap(EveryCaseTest::cases))
                .extracting(Case::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void retentionRemovesSpansInEveryWay() throws Exception {
        List<Removal> removals = new Retention(WORKSPACE).measure(2_000);

        assertThat(removals).hasSize(4).allMatch(removal -> removal.spans() > 0 && removal.nanos() > 0);
        assertThat(removals.stream().mapToLong(Removal::spans).sum()).isGreaterThanOrEqualTo(2_000);
        assertThat(Retention.table(removals, 2_000)).contains("row by row", Case.PROMPTFORGE);
    }

    @Test
    void readsAreMeasuredAfterTheirCalls() throws Exception {
        List<Sample> samples = ColdReadJvm.samples(
                ColdReadJvm.subject(WORKSPACE, ResolveCases.NAME), List.of(2L, 300L), Duration.ofMinutes(1));

        assertThat(samples).extracting(Sample::calls).containsExactly(2L, 300L);
        assertThat(samples)
                .allSatisfy(sample -> assertThat(Sample.parse(sample.line())).isEqualTo(sample));
    }

    @Test
    void cataloguesAreInstalledAndSpansAreRepriced() {
        assertThat(new CatalogueFigures(WORKSPACE.forge()).table(10)).contains("organization 4");
        assertThat(new RepricingFigures(DATABASE, WORKSPACE.forge()).table(50))
                .containsPattern("reprice, which changes [1-9]")
                .contains("undo");
    }

    @Test
    void databasesOfOneServerAndOfClustersAreCompared() throws Exception {
        SERVER.createDatabase("growth");
        try (GrowthSite site = GrowthSite.open(SERVER.jdbcUrl("growth"), 2, 100)) {
            for (Case subject : GrowthCommand.cases(Map.of("plain", site), List.of(1, 2))) {
                CaseOutcome outcome = new Harness(0, 1).run(subject);

                assertThat(outcome.failures()).isEmpty();
                assertThat(outcome.contenders()).containsExactly("plain");
            }
            assertThat(Integer.parseInt(site.description().get("Spans"))).isGreaterThan(100);
        }
    }

    private static Stream<Case> cases(CaseFamily family) {
        return Objects.requireNonNull(CASES.get(family)).cases();
    }
}
