package io.promptforge.dao.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.audit.AuditEntry;
import io.promptforge.dao.audit.AuditFilter;
import io.promptforge.dao.audit.AuditOrder;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.PageRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A list of organizations is stored as by as many calls for one, all or none. */
class OrganizationCreateListTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final OrganizationRepository organizations = DATABASE.forge().organizations();
    private final String prefix = TestTenant.newName("org");

    private NewOrganization organization(int number) {
        return NewOrganization.of(prefix + number, prefix + number);
    }

    private List<NewOrganization> organizations(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(this::organization)
                .toList();
    }

    private void isRefused(Class<? extends FieldException> kind, String path, String field, NewOrganization... given) {
        assertThatThrownBy(() -> organizations.create(Arrays.asList(given))).isInstanceOfSatisfying(kind, refusal -> {
            assertThat(refusal.path()).contains(path);
            assertThat(refusal.field()).isEqualTo(field);
        });
        assertThat(organizations.count(OrganizationFilter.all().text(prefix))).isZero();
    }

    @Test
    void theyAreReturnedInTheGivenOrderAsTheyAreStored() {
        List<Organization> created = organizations.create(List.of(
                organization(2),
                organization(0).description("With a description.").traceRetentionDays(30),
                organization(1)));

        assertThat(created).extracting(Organization::slug).containsExactly(prefix + 2, prefix + 0, prefix + 1);
        assertThat(created.get(1).description()).contains("With a description.");
        assertThat(created.get(2).traceRetentionDays()).isEmpty();
        assertThat(created)
                .allSatisfy(one -> assertThat(organizations.find(one.id())).contains(one));
        assertThat(organizations.create(List.of())).isEmpty();
    }

    @Test
    void theSecondOfTwoEqualSlugsIsNamedAndNothingIsStored() {
        isRefused(
                AlreadyExistsException.class,
                "organizations[2]",
                "slug",
                organization(0),
                organization(1),
                NewOrganization.of(prefix + "another", prefix + 0));
    }

    @Test
    void whatTheDatabaseRefusesIsNamed() {
        isRefused(
                InvalidValueException.class,
                "organizations[1]",
                "trace_retention_days",
                organization(0),
                organization(1).traceRetentionDays(0));
    }

    @Test
    @SuppressWarnings("NullAway")
    void aMissingOrganizationIsNamed() {
        isRefused(InvalidValueException.class, "organizations[1]", "organizations", organization(0), null);
    }

    @Test
    void eachHasAnAuditLogOfItsOwn() {
        for (Organization created : organizations.create(organizations(0, 3))) {
            var audit = DATABASE.forge().tenant(created.id()).audit();

            assertThat(audit.list(AuditFilter.all(), AuditOrder.NEWEST_FIRST, PageRequest.first())
                            .items())
                    .extracting(AuditEntry::rowId)
                    .containsExactly(Optional.of(created.id()));
            assertThat(audit.verify().fault()).isEmpty();
        }
    }

    @Test
    @NotOnCitus("the names and slugs of organizations are claimed one by one")
    void theNumberOfStatementsDoesNotGrowWithTheList() {
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        OrganizationRepository watched = PromptForge.create(recorded.dataSource(), ClassDatabase.settings())
                .organizations();
        watched.create(organizations(0, 1));

        List<String> few = recorded.templatesOf(() -> watched.create(organizations(1, 2)));
        List<String> many = recorded.templatesOf(() -> watched.create(organizations(3, 40)));

        assertThat(many).as("%s", many).hasSameSizeAs(few);
    }
}
