package io.promptforge.dao.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.EvaluatorKind;
import io.promptforge.seed.fixture.Fixtures;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluators, their versions, and the catalogue. */
class EvaluatorRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

    private final TestTenant tenant = DATABASE.newTenant();
    private final Fixtures fixtures = tenant.fixtures();
    private final EvaluatorRepository evaluators = tenant.tenant().evaluators();

    @Test
    void anEvaluatorAndItsVersionAreReadAsTheyWereWritten() {
        UUID author = fixtures.user().create().id();
        Evaluator created = evaluators.create(
                NewEvaluator.of("Tone", "style", EvaluatorKind.LLM_JUDGE)
                        .description("Is it kind?")
                        .tags(List.of("b", "a", "b"))
                        .active(false)
                        .createdBy(author),
                NewEvaluatorVersion.none()
                        .configurationSchema(Json.of(Map.of("type", "object")))
                        .configurationDefaults(Json.of(Map.of("least", 3)))
                        .criteria("Kind words")
                        .judgeModel("openai/gpt-4o")
                        .prompts(Json.of(Map.of("judge", "Rate {{output}}")))
                        .scale(ScoreScale.ofNumbers(1, 5))
                        .createdBy(author));

        assertThat(created.name()).isEqualTo("Tone");
        assertThat(created.category()).isEqualTo("style");
        assertThat(created.kind()).isEqualTo(EvaluatorKind.LLM_JUDGE);
        assertThat(created.description()).contains("Is it kind?");
        assertThat(created.tags()).containsExactly("a", "b");
        assertThat(created.active()).isFalse();
        assertThat(created.createdBy()).contains(author);
        assertThat(created.latestVersion()).isEqualTo(1);
        assertThat(evaluators.find(created.id())).contains(created);
        assertThat(evaluators.findByName("Tone")).contains(created);
        EvaluatorVersion version = evaluators.findLatestVersion(created.id()).orElseThrow();
        assertThat(version.versionNumber()).isEqualTo(1);
        assertThat(version.configurationSchema()).isEqualTo(Json.of(Map.of("type", "object")));
        assertThat(version.configurationDefaults()).isEqualTo(Json.of(Map.of("least", 3)));
        assertThat(version.criteria()).contains("Kind words");
        assertThat(version.judgeModel()).contains("openai/gpt-4o");
        assertThat(version.prompts()).isEqualTo(Json.of(Map.of("judge", "Rate {{output}}")));
        assertThat(version.scale()).contains(ScoreScale.ofNumbers(1, 5));
        assertThat(version.createdBy()).contains(author);
        assertThat(evaluators.findVersion(version.id())).contains(version);
        assertThat(evaluators.findAllVersions(List.of(version.id()))).containsEntry(version.id(), version);
    }

    @Test
    void versionNumbersHaveNoGapsWhenEightThreadsAddThem() {
        Evaluator evaluator = fixtures.evaluator().create();

        AtOnce.get(8, number -> evaluators.addVersion(evaluator.id(), NewEvaluatorVersion.none()));

        assertThat(Pages.all(3, page -> evaluators.versions(evaluator.id(), page)))
                .extracting(EvaluatorVersion::versionNumber)
                .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(evaluators.find(evaluator.id()).orElseThrow().latestVersion())
                .isEqualTo(9);
    }

    @Test
    void anEditChangesWhatItNames() {
        Evaluator before = fixtures.evaluator().create();

        Evaluator after = evaluators.update(
                before.id(),
                EvaluatorChanges.none()
                        .name("Other")
                        .category("safety")
                        .tags(List.of("new"))
                        .active(false)
                        .ifUnchangedSince(before.updatedAt()));

        assertThat(after.name()).isEqualTo("Other");
        assertThat(after.category()).isEqualTo("safety");
        assertThat(after.tags()).containsExactly("new");
        assertThat(after.active()).isFalse();
        assertThat(after.kind()).isEqualTo(before.kind());
        assertThatThrownBy(() -> evaluators.update(
                        before.id(), EvaluatorChanges.none().name("Late").ifUnchangedSince(before.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> evaluators.update(
                        before.id(),
                        EvaluatorChanges.none()
                                .name(fixtures.evaluator().create().name())))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void anEvaluatorThatAResultNamesIsNotDeleted() {
        EvaluatorVersion version = fixtures.evaluatorVersion().create();
        Evaluator unused = fixtures.evaluator().create();
        fixtures.evaluationResult().judgedBy(version).create();

        evaluators.delete(unused.id());

        assertThat(evaluators.find(unused.id())).isEmpty();
        assertThatThrownBy(() -> evaluators.delete(version.evaluatorId()))
                .isInstanceOf(InvalidReferenceException.class);
        assertThatThrownBy(() -> evaluators.delete(unused.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> evaluators.addVersion(unused.id(), NewEvaluatorVersion.none()))
                .isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @EnumSource(EvaluatorOrder.class)
    void everyOrderSortsInPagesOfAnySize(EvaluatorOrder order) {
        List<Evaluator> made = List.of(
                fixtures.evaluator().named("b").create(),
                fixtures.evaluator()
                        .named("c")
                        .with(it -> NewEvaluator.of("c", "accuracy", EvaluatorKind.CODE))
                        .create(),
                fixtures.evaluator().named("a").create());
        Comparator<Evaluator> comparator =
                switch (order) {
                    case BY_NAME -> Comparator.comparing(Evaluator::name);
                    case BY_CATEGORY ->
                        Comparator.comparing(Evaluator::category).thenComparing(Evaluator::name);
                    case NEWEST_FIRST ->
                        Comparator.comparing(Evaluator::createdAt).reversed();
                    case OLDEST_FIRST -> Comparator.comparing(Evaluator::createdAt);
                };

        for (int size = 1; size < 4; size++) {
            assertThat(Pages.all(size, page -> evaluators.list(EvaluatorFilter.all(), order, page)))
                    .containsExactlyElementsOf(made.stream().sorted(comparator).toList());
        }
    }

    @Test
    void evaluatorsAreFiltered() {
        Evaluator judge = fixtures.evaluator().named("Relevance").create();
        Evaluator program = fixtures.evaluator()
                .named("Exact")
                .of(EvaluatorKind.CODE)
                .with(it -> it.tags(List.of("fast")).description("Equal texts"))
                .inactive()
                .create();
        fixtures.evaluatorVersion().of(judge).judgedBy("anthropic/claude").create();

        assertThat(listed(EvaluatorFilter.all().kind(EvaluatorKind.CODE))).containsExactly(program.id());
        assertThat(listed(EvaluatorFilter.all().category("quality"))).hasSize(2);
        assertThat(listed(EvaluatorFilter.all().tag("fast"))).containsExactly(program.id());
        assertThat(listed(EvaluatorFilter.all().active(true))).containsExactly(judge.id());
        assertThat(listed(EvaluatorFilter.all().judgeModel("anthropic/claude"))).containsExactly(judge.id());
        assertThat(listed(EvaluatorFilter.all().judgeModel("openai/gpt-4o"))).isEmpty();
        assertThat(listed(EvaluatorFilter.all().text("EQUAL"))).containsExactly(program.id());
        assertThat(evaluators.count(EvaluatorFilter.all().text("rele"))).isEqualTo(1);
        assertThat(DATABASE.newTenant().tenant().evaluators().count(EvaluatorFilter.all()))
                .isZero();
    }

    @Test
    void theCatalogueIsInstalledOnceAndLeavesAloneWhatTheOrganizationHas() {
        int all = EvaluatorCatalogue.standard().evaluators().size();
        Evaluator own = fixtures.evaluator().named("Toxicity").create();
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        EvaluatorRepository counted = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(tenant.organization().id())
                .evaluators();

        assertThat(sent.of(() -> counted.installCatalogue(EvaluatorCatalogue.standard())))
                .hasSize(4);
        assertThat(evaluators.installCatalogue(EvaluatorCatalogue.standard()))
                .isEqualTo(new InstalledEvaluators(0, 0, all));

        assertThat(evaluators.count(EvaluatorFilter.all())).isEqualTo(all);
        assertThat(evaluators.find(own.id())).contains(own);
        Evaluator review = evaluators.findByName("Human review").orElseThrow();
        assertThat(review.kind()).isEqualTo(EvaluatorKind.PERSON);
        assertThat(evaluators.findLatestVersion(review.id()).orElseThrow().scale())
                .contains(ScoreScale.ofLabels("unusable", "needs edits", "good"));
    }

    @Test
    void aCatalogueHasEachNameOnce() {
        CatalogueEvaluator one =
                new CatalogueEvaluator(NewEvaluator.of("A", "x", EvaluatorKind.CODE), NewEvaluatorVersion.none());

        assertThatThrownBy(() -> EvaluatorCatalogue.of(MAY, List.of(one, one))).hasMessageContaining("A");
        assertThat(evaluators.installCatalogue(EvaluatorCatalogue.of(MAY, List.of(one))))
                .isEqualTo(new InstalledEvaluators(1, 0, 0));
        assertThat(evaluators.findByName("A").map(Evaluator::latestVersion)).isEqualTo(Optional.of(1));
    }

    @Test
    void aNewerEditionAddsVersionsToWhatTheOrganizationHasNotChanged() {
        evaluators.installCatalogue(edition(MAY, "May"));
        UUID own = evaluators.findByName("edited").orElseThrow().id();
        evaluators.addVersion(own, NewEvaluatorVersion.none().criteria("ours"));

        InstalledEvaluators changes = evaluators.installCatalogue(edition(MAY.plusMonths(1), "June"));

        assertThat(changes).isEqualTo(new InstalledEvaluators(0, 1, 2));
        Evaluator kind = evaluators.findByName("kind").orElseThrow();
        assertThat(evaluators.versions(kind.id(), PageRequest.first()).items())
                .extracting(
                        EvaluatorVersion::versionNumber, EvaluatorVersion::criteria, EvaluatorVersion::catalogueEdition)
                .containsExactly(
                        tuple(2, Optional.of("June"), Optional.of(MAY.plusMonths(1))),
                        tuple(1, Optional.of("May"), Optional.of(MAY)));
        assertThat(kind.latestVersion()).isEqualTo(2);
        assertThat(evaluators.findLatestVersion(own).orElseThrow().criteria()).contains("ours");
        assertThat(evaluators.findByName("same").orElseThrow().latestVersion()).isEqualTo(1);
    }

    @Test
    void anEditionThatIsNotNewerAddsNoVersion() {
        evaluators.installCatalogue(edition(MAY, "May"));

        assertThat(evaluators.installCatalogue(edition(MAY, "also May"))).isEqualTo(new InstalledEvaluators(0, 0, 3));
        assertThat(evaluators.installCatalogue(edition(MAY.minusDays(1), "April")))
                .isEqualTo(new InstalledEvaluators(0, 0, 3));
    }

    /** Of two evaluators the criteria change with each edition. */
    private static EvaluatorCatalogue edition(LocalDate day, String criteria) {
        NewEvaluatorVersion same = NewEvaluatorVersion.none()
                .configurationSchema(Json.of(Map.of("type", "object")))
                .scale(ScoreScale.ofNumbers(0, 5));
        return EvaluatorCatalogue.of(
                day,
                List.of(
                        entry("kind", same.criteria(criteria)),
                        entry("edited", same.criteria(criteria)),
                        entry("same", same)));
    }

    private static CatalogueEvaluator entry(String name, NewEvaluatorVersion version) {
        return new CatalogueEvaluator(NewEvaluator.of(name, "quality", EvaluatorKind.LLM_JUDGE), version);
    }

    private List<UUID> listed(EvaluatorFilter filter) {
        return evaluators.list(filter, EvaluatorOrder.BY_NAME, PageRequest.first()).items().stream()
                .map(Evaluator::id)
                .toList();
    }
}
