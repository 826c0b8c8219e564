package io.promptforge.dao.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ProjectStatus;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ProjectRepository projects = fixture.tenant().projects();

    @ParameterizedTest
    @EnumSource(ProjectStatus.class)
    void whatIsCreatedIsFoundAsItWasGiven(ProjectStatus status) {
        UUID author = fixture.user().id();

        Project created = projects.create(NewProject.of("Support")
                .description("Answers questions")
                .status(status)
                .createdBy(author));

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
        Project created = projects.create(NewProject.of("Support"));

        assertThat(created.status()).isEqualTo(ProjectStatus.DRAFT);
        assertThat(created.description()).isEmpty();
        assertThat(created.createdBy()).isEmpty();
    }

    @Test
    void aNameIsFoundToTheLetterOnly() {
        projects.create(NewProject.of("Support"));

        assertThat(projects.findByName("support")).isEmpty();
        assertThat(projects.findByName("Support ")).isEmpty();
        assertThat(projects.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void aTakenNameIsBlamedButIsFreeInAnotherTenant() {
        projects.create(NewProject.of("Support"));

        assertThatThrownBy(() -> projects.create(NewProject.of("Support")))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
        assertThat(DATABASE.newTenant().tenant().projects().create(NewProject.of("Support")))
                .isNotNull();
    }

    @Test
    void anAuthorWhoIsNotThereIsBlamed() {
        assertThatThrownBy(() -> projects.create(NewProject.of("Support").createdBy(UUID.randomUUID())))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("created_by"));
    }

    @Test
    void aTenantThatIsNotThereIsBlamed() {
        ProjectRepository nowhere = DATABASE.forge().tenant(UUID.randomUUID()).projects();

        assertThatThrownBy(() -> nowhere.create(NewProject.of("Support")))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("organization_id"));
        assertThat(nowhere.list(ProjectFilter.all(), ProjectOrder.BY_NAME, PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThat(projects.create(NewProject.of("ä".repeat(200)))).isNotNull();
        assertThatThrownBy(() -> projects.create(NewProject.of("x".repeat(201))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void anEditChangesWhatItNamesAndNothingElse() {
        Project before = projects.create(NewProject.of("Support").description("Answers questions"));

        Project renamed = projects.update(before.id(), ProjectChanges.none().name("Help desk"));
        Project cleared = projects.update(
                before.id(), ProjectChanges.none().description(null).status(ProjectStatus.ACTIVE));

        assertThat(renamed.name()).isEqualTo("Help desk");
        assertThat(renamed.description()).contains("Answers questions");
        assertThat(renamed.updatedAt()).isAfter(before.updatedAt());
        assertThat(cleared.name()).isEqualTo("Help desk");
        assertThat(cleared.description()).isEmpty();
        assertThat(cleared.status()).isEqualTo(ProjectStatus.ACTIVE);
        assertThat(projects.find(before.id())).contains(cleared);
    }

    @Test
    void anEditWithoutChangesIsARead() {
        Project before = projects.create(NewProject.of("Support"));

        assertThat(projects.update(before.id(), ProjectChanges.none())).isEqualTo(before);
    }

    @Test
    void anEditMadeFromAnOlderStateIsAConflictAndChangesNothing() {
        Project read = projects.create(NewProject.of("Support"));
        Project meanwhile = projects.update(read.id(), ProjectChanges.none().description("by somebody else"));

        assertThatThrownBy(() -> projects.update(
                        read.id(), ProjectChanges.none().name("Mine").ifUnchangedSince(read.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThat(projects.find(read.id())).contains(meanwhile);
        assertThat(projects.update(
                                read.id(), ProjectChanges.none().name("Mine").ifUnchangedSince(meanwhile.updatedAt()))
                        .name())
                .isEqualTo("Mine");
    }

    @Test
    void anEditToATakenNameIsBlamed() {
        projects.create(NewProject.of("Support"));
        Project other = projects.create(NewProject.of("Sales"));

        assertThatThrownBy(
                        () -> projects.update(other.id(), ProjectChanges.none().name("Support")))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        UUID nobodys = UUID.randomUUID();

        assertThatThrownBy(() -> projects.update(nobodys, ProjectChanges.none().name("x")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> projects.update(nobodys, ProjectChanges.none()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> projects.update(nobodys, ProjectChanges.none().status(ProjectStatus.ARCHIVED)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> projects.delete(nobodys)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aProjectIsArchivedAndRestored() {
        UUID id = fixture.project().id();

        assertThat(projects.update(id, ProjectChanges.none().status(ProjectStatus.ARCHIVED))
                        .status())
                .isEqualTo(ProjectStatus.ARCHIVED);
        assertThat(projects.update(id, ProjectChanges.none().status(ProjectStatus.ACTIVE))
                        .status())
                .isEqualTo(ProjectStatus.ACTIVE);
    }

    @Test
    void anEditDoesNotShowItsValues() {
        assertThat(ProjectChanges.none().description("confidential")).hasToString("ProjectChanges[description]");
    }

    @Test
    void tracesAreKeptForSoManyDaysOrAsTheOrganizationSays() {
        ProjectRepository projects = DATABASE.newTenant().tenant().projects();
        UUID id = projects.create(NewProject.of("kept").traceRetentionDays(30)).id();

        assertThat(projects.find(id).orElseThrow().traceRetentionDays()).hasValue(30);
        assertThat(projects.update(id, ProjectChanges.none().traceRetentionDays(7))
                        .traceRetentionDays())
                .hasValue(7);
        assertThat(projects.update(id, ProjectChanges.none().traceRetentionDays(null))
                        .traceRetentionDays())
                .isEmpty();
        assertThat(projects.create(NewProject.of("inherits")).traceRetentionDays())
                .isEmpty();
    }
}
