package io.promptforge.dao.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import io.promptforge.dao.project.ProjectRepository;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages by number, which are read by cursors. */
class NumberedPageTest {
    private static final int PROJECTS = 1_203;

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final RecordedStatements SENT = new RecordedStatements(DATABASE.dataSource());
    private static final TestTenant FIXTURE = DATABASE.newTenant();

    private final ProjectRepository projects = PromptForge.create(SENT.dataSource(), ClassDatabase.settings())
            .tenant(FIXTURE.organization().id())
            .projects();

    @BeforeAll
    static void createProjects() {
        DATABASE.execute("INSERT INTO promptforge.projects (organization_id, id, name)"
                + " SELECT '" + FIXTURE.organization().id() + "', gen_random_uuid(), to_char(n, 'FM00000')"
                + " FROM generate_series(1, " + PROJECTS + ") n");
    }

    @ParameterizedTest
    @CsvSource({"1, 20, 1", "2, 20, 2", "26, 20, 2", "27, 20, 3", "60, 20, 4", "61, 20, 4", "3, 500, 3", "1203, 1, 4"})
    void aNumberedPageReadsTheItemsBeforeItInPagesOfTheGreatestSize(int number, int size, int statements) {
        List<String> expected = IntStream.rangeClosed((number - 1) * size + 1, Math.min(number * size, PROJECTS))
                .mapToObj("%05d"::formatted)
                .toList();

        assertThat(SENT.of(
                        () -> assertThat(Page.numbered(number, size, this::list).items())
                                .extracting(Project::name)
                                .isEqualTo(expected)))
                .hasSize(statements);
    }

    @Test
    void theListGoesOnAfterANumberedPage() {
        Page<Project> page = Page.numbered(30, 40, this::list);

        assertThat(page.next()).isPresent();
        assertThat(Pages.after(page, 40, this::list))
                .extracting(Project::name)
                .containsExactly("01201", "01202", "01203");
    }

    @ParameterizedTest
    @CsvSource({"1204, 1", "62, 20", "63, 20", "20, 500"})
    void aPageBehindTheEndHasNoItems(int number, int size) {
        Page<Project> page = Page.numbered(number, size, this::list);

        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20, number",
        "-1, 20, number",
        "501, 20, number",
        "21, 500, number",
        "2147483647, 500, number",
        "1, 0, size",
        "1, 501, size"
    })
    void aNumberOrSizeOutOfRangeIsRefusedBeforeAnyStatement(int number, int size, String field) {
        assertThat(SENT.of(() -> assertThatThrownBy(() -> Page.numbered(number, size, this::list))
                        .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                                .isEqualTo(field))))
                .isEmpty();
    }

    @Test
    void theLastNumberedItemTakesTwentyOneReads() {
        int[] reads = new int[1];

        Page<Integer> page = Page.numbered(Page.GREATEST_NUMBERED_ITEM, 1, request -> {
            int from = request.cursor().map(Integer::parseInt).orElse(0);
            reads[0]++;
            return new Page<>(
                    IntStream.rangeClosed(from + 1, from + request.size())
                            .boxed()
                            .toList(),
                    Optional.of(String.valueOf(from + request.size())));
        });

        assertThat(page.items()).containsExactly(Page.GREATEST_NUMBERED_ITEM);
        assertThat(reads[0]).isEqualTo(21);
    }

    private Page<Project> list(PageRequest page) {
        return projects.list(ProjectFilter.all(), ProjectOrder.BY_NAME, page);
    }
}
