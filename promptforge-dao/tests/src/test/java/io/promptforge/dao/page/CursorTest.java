package io.promptforge.dao.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.EvaluationOrder;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor is accepted only by the list that returned it. */
class CursorTest {
    private static final String NUL = "\0";
    private static final String TIME = "1767225600000000";
    private static final String ANY_ID = "00000000-0000-0000-0000-000000000000";

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA", "not base64!", "====", "ä"})
    void aTextThatIsNoCursorIsRefused(String text) {
        refused(() -> fixture.tenant()
                .projects()
                .list(
                        ProjectFilter.all(),
                        ProjectOrder.OLDEST_FIRST,
                        PageRequest.first().after(text)));
    }

    @Test
    void aCursorWithAnyByteChangedIsRefused() {
        byte[] cursor = Base64.getUrlDecoder().decode(cursorOfProjects(fixture));

        assertThat(IntStream.range(0, cursor.length)).allSatisfy(place -> {
            byte[] changed = cursor.clone();
            changed[place] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            refused(() -> fixture.tenant()
                    .projects()
                    .list(
                            ProjectFilter.all(),
                            ProjectOrder.OLDEST_FIRST,
                            PageRequest.first().after(text)));
        });
    }

    @Test
    void aCursorCutShortIsRefused() {
        String cursor = cursorOfProjects(fixture);

        assertThat(Stream.of(1, 2, 10, cursor.length() - 1))
                .allSatisfy(length -> refused(() -> fixture.tenant()
                        .projects()
                        .list(
                                ProjectFilter.all(),
                                ProjectOrder.OLDEST_FIRST,
                                PageRequest.first().after(cursor.substring(0, length)))));
    }

    /** The checksum is no secret: a client can compute it for any position. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no time",
                NUL,
                NUL + NUL,
                "yesterday" + NUL + ANY_ID,
                TIME + NUL + "x",
                TIME,
                TIME + NUL,
                TIME + NUL + ANY_ID + NUL
            })
    void aForgedPositionBehindAValidChecksumIsRefused(String position) {
        String cursor = forged(position);

        refused(() -> projects(fixture, PageRequest.first().after(cursor)));
    }

    /** Otherwise the forgeries above would be refused for their checksum. */
    @Test
    void aValidForgedCursorMovesWithinTheList() {
        fixture.project();

        assertThat(projects(fixture, PageRequest.first().after(forged(TIME + NUL + ANY_ID)))
                        .items())
                .hasSize(1);
    }

    @Test
    void theCursorOfAnotherOrderOrFilterIsRefused() {
        String cursor = cursorOfProjects(fixture);

        refused(() -> fixture.tenant()
                .projects()
                .list(
                        ProjectFilter.all(),
                        ProjectOrder.NEWEST_FIRST,
                        PageRequest.first().after(cursor)));
        refused(() -> fixture.tenant()
                .projects()
                .list(
                        ProjectFilter.all().text("x"),
                        ProjectOrder.OLDEST_FIRST,
                        PageRequest.first().after(cursor)));
    }

    @Test
    void theCursorOfAnotherTenantIsRefused() {
        String cursor = cursorOfProjects(fixture);
        TestTenant other = DATABASE.newTenant();

        refused(() -> other.tenant()
                .projects()
                .list(
                        ProjectFilter.all(),
                        ProjectOrder.OLDEST_FIRST,
                        PageRequest.first().after(cursor)));
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        UUID one = fixture.project().id();
        UUID another = fixture.project().id();
        fixture.trace(one);
        fixture.trace(one);
        fixture.evaluation(one);
        fixture.evaluation(one);
        String traces = next(traces(one, PageRequest.first(1)));
        String evaluations = next(evaluations(one, PageRequest.first(1)));

        refused(() -> traces(another, PageRequest.first().after(traces)));
        refused(() -> evaluations(another, PageRequest.first().after(evaluations)));
        refused(() -> evaluations(one, PageRequest.first().after(traces)));
        refused(() -> projects(fixture, PageRequest.first().after(traces)));
        assertThat(traces(one, PageRequest.first().after(traces)).items()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 501, Integer.MAX_VALUE})
    void aSizeOutOfRangeIsRefused(int size) {
        assertThatThrownBy(() -> PageRequest.first(size))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("size"));
    }

    @Test
    void aPageCopiesItsItems() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, Optional.empty());

        items.add("b");

        assertThat(page.items()).containsExactly("a");
    }

    private String forged(String position) {
        String list = "projects" + fixture.tenant().organizationId() + "[]\n[created_at, id]false\n";
        CRC32C checksum = new CRC32C();
        checksum.update((list + NUL + position).getBytes(UTF_8));
        String forged = Long.toHexString(checksum.getValue()) + NUL + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(UTF_8));
    }

    private static Page<Project> projects(TestTenant tenant, PageRequest page) {
        return tenant.tenant().projects().list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, page);
    }

    private Page<Evaluation> evaluations(UUID project, PageRequest page) {
        return fixture.tenant()
                .evaluations()
                .list(EvaluationFilter.all().projectId(project), EvaluationOrder.OLDEST_FIRST, page);
    }

    private Page<Trace> traces(UUID project, PageRequest page) {
        return fixture.tenant().traces().list(TraceFilter.all().projectId(project), TraceOrder.OLDEST_FIRST, page);
    }

    private static String cursorOfProjects(TestTenant tenant) {
        tenant.project();
        tenant.project();
        return next(
                tenant.tenant().projects().list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first(1)));
    }

    private static String next(Page<?> page) {
        return page.next().orElseThrow();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("cursor"));
    }
}
