package io.promptforge.dao.project;

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
import io.promptforge.schema.type.ProjectStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in general, by the example of projects. */
class ProjectListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ProjectRepository projects = fixture.tenant().projects();

    @Test
    void eachOrderIsWhatItsNameSays() {
        UUID bravo = create("bravo");
        UUID alpha = create("alpha");
        UUID charlie = create("charlie");
        projects.update(alpha, ProjectChanges.none().description("changed last"));

        assertThat(list(ProjectOrder.BY_NAME)).containsExactly(alpha, bravo, charlie);
        assertThat(list(ProjectOrder.OLDEST_FIRST)).containsExactly(bravo, alpha, charlie);
        assertThat(list(ProjectOrder.NEWEST_FIRST)).containsExactly(charlie, alpha, bravo);
        assertThat(list(ProjectOrder.RECENTLY_UPDATED_FIRST)).containsExactly(alpha, charlie, bravo);
    }

    @ParameterizedTest
    @EnumSource(ProjectOrder.class)
    void pagesOfAnySizeTogetherAreTheList(ProjectOrder order) {
        for (int i = 0; i < 7; i++) {
            create("project " + i * 5 % 7);
        }
        List<Project> whole =
                projects.list(ProjectFilter.all(), order, PageRequest.first()).items();

        for (int size = 1; size <= 8; size++) {
            assertThat(Pages.all(size, page -> projects.list(ProjectFilter.all(), order, page)))
                    .isEqualTo(whole)
                    .hasSize(7);
        }
    }

    @Test
    void theStatusAndTheTextFilter() {
        UUID draft = create("Customer support");
        UUID active = projects.create(NewProject.of("Sales")
                        .description("Asks 100% of the CUSTOMERS")
                        .status(ProjectStatus.ACTIVE))
                .id();
        UUID archived = projects.update(create("Old"), ProjectChanges.none().status(ProjectStatus.ARCHIVED))
                .id();

        assertThat(list(ProjectFilter.all().status(ProjectStatus.ACTIVE))).containsExactly(active);
        assertThat(list(ProjectFilter.all().status(ProjectStatus.ARCHIVED, ProjectStatus.DRAFT)))
                .containsExactly(draft, archived);
        assertThat(list(ProjectFilter.all().text("customer"))).containsExactly(draft, active);
        assertThat(list(ProjectFilter.all().text("100%"))).containsExactly(active);
        assertThat(list(ProjectFilter.all().text("1_0%"))).isEmpty();
        assertThat(list(ProjectFilter.all().text("customer").status(ProjectStatus.DRAFT)))
                .containsExactly(draft);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b", "\ud800"})
    void aTextThatFindsNothingIsRefused(String text) {
        assertThatThrownBy(() -> ProjectFilter.all().text(text))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("text"));
    }

    @Test
    void aPageThatIsExactlyFullIsTheLast() {
        create("one");
        create("two");

        assertThat(first(2).next()).isEmpty();
        assertThat(first(1).next()).isPresent();
    }

    @Test
    void projectsOfOneTransactionWhichShareTheirTimeAreEachListedOnce() {
        List<UUID> made = fixture.tenant().transaction(tx -> {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                ids.add(tx.projects().create(NewProject.of("same time " + i)).id());
            }
            return ids;
        });

        assertThat(Pages.all(2, this::oldestFirst)).extracting(Project::id).isEqualTo(made);
        Collections.reverse(made);
        assertThat(Pages.all(2, page -> projects.list(ProjectFilter.all(), ProjectOrder.NEWEST_FIRST, page)))
                .extracting(Project::id)
                .isEqualTo(made);
    }

    @Test
    void rowsThatComeAndGoMeanwhileLeaveTheOthersListedOnce() {
        List<UUID> before = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            before.add(fixture.project().id());
        }
        Page<Project> first = first(2);
        List<UUID> seen = new ArrayList<>(ids(first));

        // one that was seen, the very one the cursor names, one that is yet to come; and a new one at the end
        projects.delete(before.get(0));
        projects.delete(before.get(1));
        projects.delete(before.get(3));
        UUID added = fixture.project().id();
        Pages.after(first, 2, this::oldestFirst).forEach(project -> seen.add(project.id()));

        assertThat(seen)
                .containsExactly(before.get(0), before.get(1), before.get(2), before.get(4), before.get(5), added);
    }

    @Test
    void aPageCountsTheWholeListWhenAsked() {
        create("a 1");
        create("a 2");
        create("b");
        ProjectFilter filter = ProjectFilter.all().text("a");
        PageRequest request = PageRequest.first(1).counting(Counting.EXACT);

        Page<Project> first = projects.list(filter, ProjectOrder.BY_NAME, request);
        Page<Project> second = projects.list(
                filter, ProjectOrder.BY_NAME, request.after(first.next().orElseThrow()));

        assertThat(first.count()).contains(Count.exact(2));
        assertThat(second.count()).contains(Count.exact(2));
        assertThat(first(1).count()).isEmpty();
    }

    @Test
    void anEstimateComesFromTheStatisticsOfTheDatabase() {
        DATABASE.execute("""
                INSERT INTO promptforge.projects (organization_id, id, name)
                SELECT '%s', gen_random_uuid(), 'estimated ' || n FROM generate_series(1, 1000) n;
                ANALYZE promptforge.projects
                """.formatted(fixture.organization().id()));

        Optional<Count> count = projects.list(
                        ProjectFilter.all(),
                        ProjectOrder.BY_NAME,
                        PageRequest.first(1).counting(Counting.ESTIMATED))
                .count();

        assertThat(count).get().satisfies(estimate -> {
            assertThat(estimate.exact()).isFalse();
            assertThat(estimate.items()).isBetween(500L, 2000L);
        });
    }

    @Test
    void aStreamReadsPageAfterPageAndNoFurtherThanItIsConsumed() {
        DATABASE.execute("""
                INSERT INTO promptforge.projects (organization_id, id, name)
                SELECT '%s', gen_random_uuid(), 'streamed ' || n FROM generate_series(1, 1201) n
                """.formatted(fixture.organization().id()));
        AtomicInteger pages = new AtomicInteger();

        assertThat(Page.stream(page -> {
                            pages.incrementAndGet();
                            return oldestFirst(page);
                        })
                        .map(Project::id)
                        .distinct())
                .hasSize(1201);
        assertThat(pages).hasValue(3);

        pages.set(0);
        assertThat(Page.stream(page -> {
                            pages.incrementAndGet();
                            return oldestFirst(page);
                        })
                        .limit(10))
                .hasSize(10);
        assertThat(pages).hasValue(1);
    }

    private UUID create(String name) {
        return projects.create(NewProject.of(name)).id();
    }

    private List<UUID> list(ProjectOrder order) {
        return ids(projects.list(ProjectFilter.all(), order, PageRequest.first()));
    }

    private List<UUID> list(ProjectFilter filter) {
        return ids(projects.list(filter, ProjectOrder.OLDEST_FIRST, PageRequest.first()));
    }

    private Page<Project> first(int size) {
        return oldestFirst(PageRequest.first(size));
    }

    private Page<Project> oldestFirst(PageRequest page) {
        return projects.list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, page);
    }

    private static List<UUID> ids(Page<Project> page) {
        return page.items().stream().map(Project::id).toList();
    }
}
