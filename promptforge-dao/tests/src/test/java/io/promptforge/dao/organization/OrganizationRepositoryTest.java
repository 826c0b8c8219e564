package io.promptforge.dao.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final OrganizationRepository organizations = DATABASE.forge().organizations();
    private final String name = TestTenant.newName("Org");
    private final String slug = TestTenant.newName("org");

    @Test
    void aCreatedOrganizationIsFoundWithItsValues() {
        Organization created = organizations.create(NewOrganization.of(name, slug)
                .description("Prompts of all sorts")
                .settings(Json.parse("{\"theme\":\"dark\"}")));

        assertThat(created.name()).isEqualTo(name);
        assertThat(created.slug()).isEqualTo(slug);
        assertThat(created.description()).contains("Prompts of all sorts");
        assertThat(created.settings()).isEqualTo(Json.parse("{\"theme\":\"dark\"}"));
        assertThat(created.updatedAt()).isEqualTo(created.createdAt());
        assertThat(organizations.find(created.id())).contains(created);
        assertThat(organizations.findBySlug(slug)).contains(created);
    }

    @Test
    void aFieldWithoutAValueIsEmpty() {
        Organization created = organizations.create(NewOrganization.of(name, slug));

        assertThat(created.description()).isEmpty();
        assertThat(created.settings()).isEqualTo(Json.emptyObject());
    }

    @Test
    void anUnknownIdOrSlugIsNotFound() {
        assertThat(organizations.find(UUID.randomUUID())).isEmpty();
        assertThat(organizations.findBySlug("unknown")).isEmpty();
    }

    @Test
    void aTakenNameIsBlamed() {
        organizations.create(NewOrganization.of(name, slug));

        assertThatThrownBy(() -> organizations.create(NewOrganization.of(name, TestTenant.newName("org"))))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void aTakenSlugIsBlamed() {
        organizations.create(NewOrganization.of(name, slug));

        assertThatThrownBy(() -> organizations.create(NewOrganization.of(TestTenant.newName("Org"), slug)))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("slug"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upper", "two--hyphens", "-first", "last-", "a b", "ä"})
    void aSlugThatIsNotForUrlsIsRefused(String bad) {
        assertThatThrownBy(() -> organizations.create(NewOrganization.of(name, bad)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("slug"));
    }

    @Test
    void aValueThatIsTooLongIsRefusedWithoutRepeatingIt() {
        String secret = "s".repeat(4001);

        assertThatThrownBy(() ->
                        organizations.create(NewOrganization.of(name, slug).description(secret)))
                .hasMessageNotContaining("sss")
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("description"));
        assertThat(organizations.findBySlug(slug)).isEmpty();
    }

    @Test
    void settingsMustBeAnObject() {
        assertThatThrownBy(() ->
                        organizations.create(NewOrganization.of(name, slug).settings(Json.emptyArray())))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("settings"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\n", "a\0b"})
    void aNameWithoutTextOrWithNulIsRefused(String bad) {
        assertThatThrownBy(() -> NewOrganization.of(bad, slug))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void anOrganizationIsRenamedAndChanged() {
        Organization before =
                organizations.create(NewOrganization.of(name, slug).description("text"));
        String newName = TestTenant.newName("Renamed");
        String newSlug = TestTenant.newName("renamed");

        Organization after = organizations.update(
                before.id(),
                OrganizationChanges.none()
                        .name(newName)
                        .slug(newSlug)
                        .description(null)
                        .settings(Json.parse("{\"a\":1}"))
                        .ifUnchangedSince(before.updatedAt()));

        assertThat(after.name()).isEqualTo(newName);
        assertThat(after.description()).isEmpty();
        assertThat(after.settings()).isEqualTo(Json.parse("{\"a\":1}"));
        assertThat(organizations.findBySlug(newSlug)).contains(after);
        assertThat(organizations.findBySlug(slug)).isEmpty();
        assertThatThrownBy(() -> organizations.update(
                        before.id(), OrganizationChanges.none().name(name).ifUnchangedSince(before.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> organizations.update(
                        UUID.randomUUID(), OrganizationChanges.none().name(name)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void organizationsAreListedByName() {
        UUID second = organizations
                .create(NewOrganization.of("\uffefb " + name, slug + "-b"))
                .id();
        UUID first = organizations
                .create(NewOrganization.of("\uffefa " + name, slug + "-a"))
                .id();

        assertThat(Pages.all(3, page -> organizations.list(OrganizationFilter.all(), page)))
                .extracting(Organization::id)
                .containsSubsequence(first, second)
                .doesNotHaveDuplicates();
    }

    @Test
    void organizationsAreFilteredByTextInNameAndSlugAndCounted() {
        UUID byName = organizations
                .create(NewOrganization.of("A " + name + " b", slug))
                .id();
        UUID bySlug = organizations
                .create(NewOrganization.of(TestTenant.newName("Other"), "x-" + name.toLowerCase(Locale.ROOT) + "-y"))
                .id();
        OrganizationFilter filter = OrganizationFilter.all().text(name.toUpperCase(Locale.ROOT));

        assertThat(Pages.all(1, page -> organizations.list(filter, page)))
                .extracting(Organization::id)
                .containsExactly(byName, bySlug);
        assertThat(organizations.count(filter)).isEqualTo(2);
        assertThat(organizations.count(OrganizationFilter.all())).isGreaterThanOrEqualTo(2);
        assertThat(organizations.count(filter.text("no organization has this"))).isZero();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        organizations.create(NewOrganization.of(name, slug));
        DATABASE.newTenant();
        PageRequest one = PageRequest.first(1);
        String next = organizations.list(OrganizationFilter.all(), one).next().orElseThrow();

        assertThatThrownBy(() -> organizations.list(OrganizationFilter.all().text("o"), one.after(next)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("cursor"));
    }

    @Test
    void manyOrganizationsAreReadByTheirIdsInTheOrderOfTheIds() {
        Organization first = DATABASE.newTenant().organization();
        Organization second = DATABASE.newTenant().organization();

        assertThat(organizations.findAll(List.of(second.id(), UUID.randomUUID(), first.id(), second.id())))
                .containsExactly(entry(second.id(), second), entry(first.id(), first));
        assertThat(organizations.findAll(List.of())).isEmpty();
        for (Collection<UUID> refused : Arrays.<Collection<UUID>>asList(
                null, Collections.singletonList(null), Collections.nCopies(1_001, first.id()))) {
            assertThatThrownBy(() -> organizations.findAll(refused))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("ids"));
        }
    }

    @Test
    void whatIsWrittenAndAskedForAreValuesThatApplyWhatIsPresent() {
        NewOrganization organization = NewOrganization.of("secret", slug).description("secret");
        OrganizationChanges changes = OrganizationChanges.none().name("secret");
        OrganizationFilter filter = OrganizationFilter.all().text("a");

        assertThat(organization)
                .isEqualTo(NewOrganization.of("secret", slug).description("secret"))
                .isNotEqualTo(NewOrganization.of("secret", slug))
                .hasToString("NewOrganization[name, slug, description]");
        assertThat(OrganizationChanges.none().ifPresent("secret", OrganizationChanges::name))
                .isEqualTo(changes)
                .hasSameHashCodeAs(changes)
                .hasToString("OrganizationChanges[name]");
        assertThat(OrganizationChanges.none().<String>ifPresent(null, OrganizationChanges::name))
                .isEqualTo(OrganizationChanges.none())
                .isNotEqualTo(changes);
        assertThat(OrganizationFilter.all().ifPresent("a", OrganizationFilter::text))
                .isEqualTo(filter)
                .hasSameHashCodeAs(filter)
                .hasToString("OrganizationFilter[text=a]");
        assertThat(OrganizationFilter.all().<String>ifPresent(null, OrganizationFilter::text))
                .isEqualTo(OrganizationFilter.all())
                .isNotEqualTo(filter);
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        UUID id = DATABASE.newTenant().organization().id();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> organizations.create((NewOrganization) null),
                () -> organizations.create((List<NewOrganization>) null),
                () -> organizations.find(null),
                () -> organizations.findBySlug(null),
                () -> organizations.list(null, PageRequest.first()),
                () -> organizations.list(OrganizationFilter.all(), null),
                () -> organizations.count(null),
                () -> organizations.update(null, OrganizationChanges.none()),
                () -> organizations.update(id, null),
                () -> organizations.delete(null),
                () -> OrganizationFilter.all().text(null))) {
            assertThatThrownBy(call)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageEndingWith(" is null. Give a value.");
        }
    }

    @Test
    void deletingAnOrganizationDeletesWhatItOwns() {
        TestTenant doomed = DATABASE.newTenant();
        TestTenant spared = DATABASE.newTenant();
        UUID project = doomed.project().id();
        doomed.prompt(project);
        doomed.trace(project);
        UUID other = spared.project().id();

        organizations.delete(doomed.organization().id());

        assertThat(organizations.find(doomed.organization().id())).isEmpty();
        assertThat(doomed.tenant().projects().find(project)).isEmpty();
        assertThat(spared.tenant().projects().find(other)).isPresent();
    }

    /** The erasure of the organization takes their place, so that millions of rows need not be written first. */
    @Test
    void theTracesOfADeletedOrganizationAreNotLoggedOneByOne() {
        TestTenant doomed = DATABASE.newTenant();
        doomed.trace(doomed.project().id());
        DATABASE.execute("ALTER TABLE promptforge.erasures ADD CONSTRAINT no_traces CHECK (table_name <> 'traces')"
                + " NOT VALID");
        try {
            organizations.delete(doomed.organization().id());
        } finally {
            DATABASE.execute("ALTER TABLE promptforge.erasures DROP CONSTRAINT no_traces");
        }

        assertThat(organizations.find(doomed.organization().id())).isEmpty();
    }

    @Test
    void anUnknownOrganizationCannotBeDeleted() {
        UUID id = UUID.randomUUID();

        assertThatThrownBy(() -> organizations.delete(id))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(id.toString());
    }

    @Test
    void tracesAreKeptForSoManyDaysOrForEver() {
        OrganizationRepository organizations = DATABASE.forge().organizations();
        UUID id = organizations
                .create(NewOrganization.of(TestTenant.newName("Kept"), TestTenant.newName("kept"))
                        .traceRetentionDays(30))
                .id();

        assertThat(organizations.find(id).orElseThrow().traceRetentionDays()).hasValue(30);
        assertThat(organizations
                        .update(id, OrganizationChanges.none().traceRetentionDays(null))
                        .traceRetentionDays())
                .isEmpty();
    }
}
