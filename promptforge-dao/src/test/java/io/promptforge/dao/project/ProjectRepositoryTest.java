package io.promptforge.dao.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ProjectStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectRepositoryTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ProjectRepository projects = fixture.tenant().projects();

    @ParameterizedTest
    @EnumSource(ProjectStatus.class)
    void whatIsCreatedIsFoundAsItWasGiven(ProjectStatus status) {
        UUID author = fixture.user().id();

        Project created = projects.create(NewProject.named("Support")
                .withDescription("Answers questions")
                .withStatus(status)
                .withCreatedBy(author));

        assertThat(created.name()).isEqualTo("Support");
        assertThat(created.description()).contains("Answers questions");
        assertThat(created.status()).isEqualTo(status);
        assertThat(created.createdBy()).contains(author);
        assertThat(created.updatedAt()).isEqualTo(created.createdAt());
        assertThat(projects.find(created.id())).contains(created);
        assertThat(projects.findByName("Support")).contains(created);
    }

    @Test
    void aProjectWithNothingButANameIsADraft() {
        Project created = projects.create(NewProject.named("Support"));

        assertThat(created.status()).isEqualTo(ProjectStatus.DRAFT);
        assertThat(created.description()).isEmpty();
        assertThat(created.createdBy()).isEmpty();
    }

    @Test
    void aNameIsFoundToTheLetterOnly() {
        projects.create(NewProject.named("Support"));

        assertThat(projects.findByName("support")).isEmpty();
        assertThat(projects.findByName("Support ")).isEmpty();
        assertThat(projects.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void aTakenNameIsBlamedButIsFreeInAnotherTenant() {
        projects.create(NewProject.named("Support"));

        assertThatThrownBy(() -> projects.create(NewProject.named("Support")))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
        assertThat(DATABASE.newTenant().tenant().projects().create(NewProject.named("Support")))
                .isNotNull();
    }

    @Test
    void anAuthorWhoIsNotThereIsBlamed() {
        assertThatThrownBy(() -> projects.create(NewProject.named("Support").withCreatedBy(UUID.randomUUID())))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("created_by"));
    }

    @Test
    void aTenantThatIsNotThereIsBlamed() {
        ProjectRepository nowhere = DATABASE.forge().tenant(UUID.randomUUID()).projects();

        assertThatThrownBy(() -> nowhere.create(NewProject.named("Support")))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("organization_id"));
        assertThat(nowhere.list(PageRequest.first()).items()).isEmpty();
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThat(projects.create(NewProject.named("ä".repeat(200)))).isNotNull();
        assertThatThrownBy(() -> projects.create(NewProject.named("x".repeat(201))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void projectsAreListedTheOldestFirst() {
        List<Project> made = List.of(fixture.project(), fixture.project(), fixture.project());

        Page<Project> page = projects.list(PageRequest.first());

        assertThat(page.items()).isEqualTo(made);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void aPageThatIsExactlyFullIsTheLast() {
        fixture.project();
        fixture.project();

        assertThat(projects.list(PageRequest.first(2)).next()).isEmpty();
        assertThat(projects.list(PageRequest.first(1)).next()).isPresent();
    }

    @Test
    void projectsOfOneTransactionWhichShareTheirTimeAreEachListedOnce() {
        List<UUID> made = fixture.tenant().transaction(tx -> {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                ids.add(tx.projects().create(NewProject.named("same time " + i)).id());
            }
            return ids;
        });

        assertThat(Pages.all(2, projects::list)).extracting(Project::id).isEqualTo(made);
    }

    @Test
    void rowsThatComeAndGoMeanwhileLeaveTheOthersListedOnce() {
        List<UUID> before = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            before.add(fixture.project().id());
        }
        Page<Project> first = projects.list(PageRequest.first(2));
        List<UUID> seen = new ArrayList<>(ids(first));

        // one that was seen, the very one the cursor names, one that is yet to come; and a new one at the end
        delete(before.get(0));
        delete(before.get(1));
        delete(before.get(3));
        UUID added = fixture.project().id();
        Pages.after(first, 2, projects::list).forEach(project -> seen.add(project.id()));

        assertThat(seen)
                .containsExactly(before.get(0), before.get(1), before.get(2), before.get(4), before.get(5), added);
    }

    private static List<UUID> ids(Page<Project> page) {
        return page.items().stream().map(Project::id).toList();
    }

    private static void delete(UUID id) {
        DATABASE.execute("DELETE FROM promptforge.projects WHERE id = '" + id + "'");
    }
}
