package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.organization.OrganizationChanges;
import io.promptforge.dao.organization.OrganizationFilter;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.SingleSignOn;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserRepository;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.ServiceRole;
import io.promptforge.schema.type.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service whose role row-level security confines works unchanged, and one that forgets the tenant sees nothing. */
class ConfinedTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final DataSource SERVICE = DATABASE.serviceDataSource();

    /** How a service is confined. */
    @SuppressWarnings("ImmutableEnumChecker") // nothing changes them
    enum By {
        ITS_CONNECTION,
        ITS_SETTINGS;

        DataSource dataSource() {
            return this == ITS_CONNECTION ? SERVICE : DATABASE.dataSource();
        }

        PromptForge forge() {
            return forge(dataSource());
        }

        PromptForge forge(DataSource other) {
            return PromptForge.create(
                    other,
                    this == ITS_CONNECTION
                            ? ClassDatabase.settings()
                            : ClassDatabase.settings().serviceRole("promptforge_service"));
        }
    }

    private final TestTenant acme = DATABASE.newTenant();
    private final TestTenant globex = DATABASE.newTenant();

    @ParameterizedTest
    @EnumSource
    void aStatementThatForgetsTheTenantSeesOneTenantAtMost(By by) {
        Project theirs = globex.project();
        Project ours = acme.project();
        WithoutTenantConditions forgetful = new WithoutTenantConditions(by.dataSource());
        Tenant tenant =
                by.forge(forgetful.dataSource()).tenant(acme.organization().id());

        assertThat(tenant.projects().findAll(List.of(theirs.id(), ours.id())).keySet())
                .isEqualTo(Set.of(ours.id()));
        assertThat(forgetful.removed()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionServesAnotherTenantNext(By by) throws SQLException {
        Project ours = acme.project();
        Project theirs = globex.project();

        for (boolean autoCommit : new boolean[] {true, false}) {
            try (OneConnection pool = new OneConnection(by.dataSource(), autoCommit)) {
                PromptForge forge = by.forge(new WithoutTenantConditions(pool.dataSource()).dataSource());

                assertThat(found(forge, acme, ours)).isTrue();
                assertThat(found(forge, globex, ours)).isFalse();
                assertThat(found(forge, globex, theirs)).isTrue();
                forge.tenant(acme.organization().id())
                        .transactionWithoutResult(tx -> tx.projects().create(NewProject.of(TestTenant.newName("p"))));
                assertThat(found(forge, acme, theirs)).isFalse();
                assertThat(setting(pool.connection(), "promptforge.organization_id"))
                        .isNullOrEmpty();
                assertThat(setting(pool.connection(), "role")).isEqualTo("none");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalTenantsTakePartInOneTransaction(By by) {
        Project ours = acme.project();
        Project theirs = globex.project();
        PromptForge forge = by.forge(new WithoutTenantConditions(by.dataSource()).dataSource());

        forge.transactionWithoutResult(tx -> {
            assertThat(found(tx, acme, ours)).isTrue();
            assertThat(found(tx, globex, ours)).isFalse();
            assertThatThrownBy(
                            () -> tx.tenant(acme.organization().id()).projects().create(NewProject.of(ours.name())))
                    .isInstanceOf(AlreadyExistsException.class);
            assertThat(found(tx, globex, theirs)).isTrue();
            assertThat(found(tx, acme, theirs)).isFalse();
        });
        forge.readOnlyWithoutResult(tx -> assertThat(found(tx, acme, ours)).isTrue());
    }

    @Test
    @NotOnCitus("refuses to read in a transaction what another role has written in it")
    void theTransactionOfTheHostGetsItsRoleBack() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Tenant tenant = By.ITS_SETTINGS
                    .forge()
                    .on(connection)
                    .tenant(acme.organization().id());

            tenant.projects().create(NewProject.of(TestTenant.newName("p")));

            assertThat(setting(connection, "role")).isEqualTo("none");
            connection.createStatement().execute("SELECT count(*) FROM promptforge.spans_default");
            connection.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void usersLogInBeforeTheTenantIsKnown(By by) {
        PromptForge forge = by.forge();
        User user = acme.user();
        SingleSignOn identity = new SingleSignOn("https://id.example", TestTenant.newName("subject"));
        User linked = acme.fixtures()
                .user()
                .withSingleSignOn(identity.issuer(), identity.subject())
                .create();

        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).map(User::id).contains(user.id());
        assertThat(forge.login(user.email(), "wrong")).isEmpty();
        assertThat(forge.login("nobody@example.com", "wrong")).isEmpty();
        assertThat(acme.tenant().users().find(user.id()).orElseThrow().failedLoginAttempts())
                .isEqualTo(1);
        assertThat(forge.login(identity)).map(User::id).contains(linked.id());
        assertThat(forge.findUser(identity)).map(User::id).contains(linked.id());
    }

    @ParameterizedTest
    @EnumSource
    void anOrganizationIsMadeFoundEditedAndDeleted(By by) {
        PromptForge forge = by.forge();
        Organization made =
                forge.organizations().create(NewOrganization.of(TestTenant.newName("Org"), TestTenant.newName("org")));

        assertThat(forge.organizations().find(made.id())).contains(made);
        assertThat(forge.organizations().findBySlug(made.slug())).contains(made);
        assertThat(forge.tenant(made.id()).organization()).isEqualTo(made);
        forge.tenant(made.id()).updateOrganization(OrganizationChanges.none().description("new"));
        forge.organizations().delete(made.id());
        assertThat(forge.organizations().find(made.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void organizationsAreMadeTogether(By by) {
        List<NewOrganization> organizations = Stream.of(TestTenant.newName("one"), TestTenant.newName("two"))
                .map(name -> NewOrganization.of(name, name))
                .toList();

        assertThat(by.forge().organizations().create(organizations)).hasSize(2).allSatisfy(made -> assertThat(
                        by.forge().organizations().find(made.id()))
                .contains(made));
        assertThatThrownBy(() -> by.forge().organizations().create(organizations))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.path()).contains("organizations[0]"));
    }

    @ParameterizedTest
    @EnumSource
    void usersAreMadeTogether(By by) {
        UserRepository users = by.forge().tenant(acme.organization().id()).users();
        List<String> emails = Stream.of("one", "two", "three")
                .map(name -> TestTenant.newName(name) + "@example.com")
                .toList();
        List<NewUser> some = emails.stream()
                .map(email -> NewUser.of(email, "Somebody", Role.VIEWER, "correct horse battery"))
                .toList();

        assertThat(users.create(some.subList(0, 2))).hasSize(2);

        isTaken("users[1]", "email", () -> users.create(List.of(some.get(2), some.get(0))));
        isTaken("users[1]", "email", () -> users.create(List.of(some.get(2), some.get(2))));
        assertThat(users.findByEmail(emails.get(2))).isEmpty();
    }

    private static void isTaken(String path, String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AlreadyExistsException.class, e -> {
            assertThat(e.path()).contains(path);
            assertThat(e.field()).isEqualTo(field);
        });
    }

    /** What it has found out about the database must not be kept from the time when there were no tables. */
    @Test
    void aServiceThatStartedBeforeTheMigrationIsConfinedAfterIt() {
        DataSource owner = DATABASE.dataSource();
        PromptForge early = PromptForge.create(SERVICE, ClassDatabase.settings().schema("later"));
        assertThatThrownBy(() -> early.organizations().find(UUID.randomUUID()))
                .isInstanceOf(SchemaNotMigratedException.class);

        Migrations.of(owner).schema("later").apply();
        ServiceRole.of(owner).schema("later").named(ClassDatabase.SERVICE).grant();

        Organization made =
                early.organizations().create(NewOrganization.of(TestTenant.newName("Org"), TestTenant.newName("org")));
        assertThat(early.organizations().find(made.id())).contains(made);
    }

    @Test
    void listsOfAllOrganizationsAreRefusedInsteadOfEmpty() {
        PromptForge forge = By.ITS_CONNECTION.forge();

        assertThatThrownBy(() -> forge.organizations().list(OrganizationFilter.all(), PageRequest.first()))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("owner");
        assertThatThrownBy(() -> forge.organizations().count(OrganizationFilter.all()))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> forge.organizations()
                        .findAll(List.of(acme.organization().id())))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void maintenanceDeletesExpiredTracesOfAllOrganizations() {
        UUID old = acme.fixtures()
                .trace()
                .in(acme.fixtures().project().withTraceRetentionDays(1).create())
                .startedAt(TestTenant.NOON.minus(Duration.ofDays(400)))
                .create()
                .id();
        DATABASE.execute("UPDATE promptforge.traces SET created_at = started_at WHERE id = '" + old + "'");

        By.ITS_CONNECTION.forge().maintenance().run();

        assertThat(acme.tenant().traces().find(old)).isEmpty();
    }

    private static boolean found(PromptForge forge, TestTenant tenant, Project project) {
        return forge.tenant(tenant.organization().id())
                .projects()
                .find(project.id())
                .isPresent();
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_setting('" + name + "', true)")) {
            row.next();
            return row.getString(1);
        }
    }
}
