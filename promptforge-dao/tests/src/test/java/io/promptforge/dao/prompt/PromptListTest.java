package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.PromptStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final UUID project = fixture.project().id();
    private final UUID otherProject = fixture.project().id();

    @BeforeEach
    void fill() {
        create(project, "Greeting", "Says hello", "support", PromptStatus.ACTIVE, "warm", "short");
        create(project, "Farewell", "Says 100% goodbye", "support", PromptStatus.DRAFT, "warm");
        create(project, "Summary", null, "writing", PromptStatus.ARCHIVED, "short");
        create(project, "Translation", "of a greeting", null, PromptStatus.ACTIVE);
        create(otherProject, "Greeting", "elsewhere", "support", PromptStatus.ACTIVE, "warm");
        TestTenant others = DATABASE.newTenant();
        others.prompt(others.project().id());
    }

    @Test
    void allOfTheTenantOrOfAProjectAreListed() {
        assertThat(names(PromptFilter.all()))
                .containsExactly("Farewell", "Greeting", "Greeting", "Summary", "Translation");
        assertThat(names(PromptFilter.all().projectId(project)))
                .containsExactly("Farewell", "Greeting", "Summary", "Translation");
        assertThat(names(PromptFilter.all().projectId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void theyAreFilteredByCategoryToTheLetter() {
        assertThat(names(PromptFilter.all().category("support"))).containsExactly("Farewell", "Greeting", "Greeting");
        assertThat(names(PromptFilter.all().projectId(project).category("support")))
                .containsExactly("Farewell", "Greeting");
        assertThat(names(PromptFilter.all().category("Support"))).isEmpty();
    }

    @Test
    void theyAreFilteredByStatus() {
        PromptFilter filter = PromptFilter.all().projectId(project);

        assertThat(names(filter.status(PromptStatus.ACTIVE))).containsExactly("Greeting", "Translation");
        assertThat(names(filter.status(PromptStatus.ARCHIVED, PromptStatus.DRAFT)))
                .containsExactly("Farewell", "Summary");
    }

    @Test
    void theyAreFilteredByATagOfTheCurrentVersion() {
        PromptFilter filter = PromptFilter.all().projectId(project);
        assertThat(names(filter.tag("short"))).containsExactly("Greeting", "Summary");
        UUID greeting = prompts.findByName(project, "Greeting").orElseThrow().id();

        prompts.commit(greeting, NewPromptVersion.of("Hi").tags("long"));
        assertThat(names(filter.tag("long"))).isEmpty();
        prompts.makeCurrent(greeting, 2);

        assertThat(names(filter.tag("long"))).containsExactly("Greeting");
        assertThat(names(filter.tag("short"))).containsExactly("Summary");
        assertThat(names(filter.tag("sho"))).isEmpty();
    }

    @Test
    void theyAreFilteredByTextInNameAndDescription() {
        PromptFilter filter = PromptFilter.all().projectId(project);

        assertThat(names(filter.text("GREET"))).containsExactly("Greeting", "Translation");
        assertThat(names(filter.text("0%"))).containsExactly("Farewell");
        assertThat(names(filter.text("_"))).isEmpty();
    }

    @Test
    void allConditionsMustHold() {
        PromptFilter filter = PromptFilter.all()
                .category("support")
                .status(PromptStatus.ACTIVE)
                .tag("warm")
                .text("e");

        assertThat(names(filter)).containsExactly("Greeting", "Greeting");
        assertThat(names(filter.text("elsewhere"))).containsExactly("Greeting");
    }

    @ParameterizedTest
    @EnumSource
    void everyOrderIsReadInPagesOfAnySize(PromptOrder order) {
        prompts.update(
                prompts.findByName(project, "Summary").orElseThrow().id(),
                PromptChanges.none().category("new"));
        for (PromptFilter filter :
                List.of(PromptFilter.all(), PromptFilter.all().projectId(project))) {
            List<Prompt> expected = new ArrayList<>(prompts.list(filter, PromptOrder.OLDEST_FIRST, PageRequest.first())
                    .items());
            expected.sort(comparator(order));
            for (int size = 1; size <= 6; size++) {
                assertThat(Pages.all(size, page -> prompts.list(filter, order, page)))
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void promptsOfOneMomentAreEachListedOnce(PromptOrder order) {
        DATABASE.execute("ALTER TABLE promptforge.prompts DISABLE TRIGGER prompts_updated_at");
        DATABASE.execute("UPDATE promptforge.prompts SET created_at = '2026-11-22 12:00:00Z',"
                + " updated_at = '2026-11-22 12:00:00Z' WHERE organization_id = '"
                + fixture.tenant().organizationId() + "'");
        DATABASE.execute("ALTER TABLE promptforge.prompts ENABLE TRIGGER prompts_updated_at");

        List<Prompt> read = Pages.all(1, page -> prompts.list(PromptFilter.all(), order, page));

        assertThat(read).hasSize(5).isSortedAccordingTo(comparator(order)).doesNotHaveDuplicates();
    }

    @Test
    void theyAreCounted() {
        PromptFilter warm = PromptFilter.all().tag("warm");
        PageRequest two = PageRequest.first(2);

        assertThat(list(warm, two.counting(Counting.EXACT)).count()).contains(new Count(3, true));
        assertThat(list(warm, two.counting(Counting.ESTIMATED))
                        .count()
                        .orElseThrow()
                        .exact())
                .isFalse();
        assertThat(list(warm, two).count()).isEmpty();
        assertThat(prompts.count(warm)).isEqualTo(3);
        assertThat(prompts.count(warm.projectId(project).status(PromptStatus.DRAFT)))
                .isEqualTo(1);
        assertThat(prompts.count(PromptFilter.all())).isEqualTo(5);
        assertThat(prompts.count(PromptFilter.all().projectId(UUID.randomUUID())))
                .isZero();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        PageRequest one = PageRequest.first(1);
        PromptFilter filter = PromptFilter.all().projectId(project).status(PromptStatus.ACTIVE, PromptStatus.DRAFT);
        PageRequest next = one.after(list(filter, one).next().orElseThrow());

        assertThat(list(PromptFilter.all().projectId(project).status(PromptStatus.DRAFT, PromptStatus.ACTIVE), next)
                        .items())
                .as("an equal filter, built in another order")
                .hasSize(1);
        blames("cursor", () -> list(filter.text("e"), next));
        blames("cursor", () -> list(PromptFilter.all(), next));
        blames("cursor", () -> prompts.list(filter, PromptOrder.NEWEST_FIRST, next));
        blames("cursor", () -> DATABASE.newTenant().tenant().prompts().list(filter, PromptOrder.BY_NAME, next));
    }

    @Test
    @SuppressWarnings("NullAway")
    void aConditionThatNoPromptCanMeetIsRefused() {
        PromptFilter all = PromptFilter.all();

        blames("category", () -> all.category(" "));
        blames("tag", () -> all.tag(""));
        blames("tag", () -> all.tag("\0"));
        blames("text", () -> all.text("\0"));
        blames("text", () -> all.text(" "));
        blames("status", () -> all.status((PromptStatus) null));
        blames("project_id", () -> all.projectId(null));
    }

    @Test
    void aFilterIsAValueThatAppliesWhatIsPresent() {
        PromptFilter all = PromptFilter.all();
        PromptFilter warm = all.tag("warm");

        assertThat(all.ifPresent("warm", PromptFilter::tag)).isEqualTo(warm).hasSameHashCodeAs(warm);
        assertThat(all.<String>ifPresent(null, PromptFilter::tag)).isEqualTo(all);
        assertThat(warm).isNotEqualTo(all).isNotEqualTo(all.text("warm")).hasToString("PromptFilter[tag=warm]");
        assertThat(warm.tag("short")).isEqualTo(all.tag("short"));
    }

    private List<String> names(PromptFilter filter) {
        return list(filter, PageRequest.first()).items().stream()
                .map(Prompt::name)
                .toList();
    }

    private Page<Prompt> list(PromptFilter filter, PageRequest page) {
        return prompts.list(filter, PromptOrder.BY_NAME, page);
    }

    private void create(
            UUID in,
            String name,
            @Nullable String description,
            @Nullable String category,
            PromptStatus status,
            String... tags) {
        prompts.create(
                NewPrompt.of(in, name)
                        .description(description)
                        .category(category)
                        .status(status),
                NewPromptVersion.of("Hello").tags(tags));
    }

    /** PostgreSQL compares UUIDs as unsigned numbers, which their texts do too. */
    private static Comparator<Prompt> comparator(PromptOrder order) {
        Comparator<Prompt> byId = Comparator.comparing(prompt -> prompt.id().toString());
        return switch (order) {
            case BY_NAME -> Comparator.comparing(Prompt::name).thenComparing(byId);
            case NEWEST_FIRST ->
                Comparator.comparing(Prompt::createdAt).thenComparing(byId).reversed();
            case OLDEST_FIRST -> Comparator.comparing(Prompt::createdAt).thenComparing(byId);
            case RECENTLY_UPDATED_FIRST ->
                Comparator.comparing(Prompt::updatedAt).thenComparing(byId).reversed();
        };
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
