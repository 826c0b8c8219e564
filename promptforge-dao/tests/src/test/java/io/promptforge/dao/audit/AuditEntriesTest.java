package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.trace.Redaction;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.schema.type.ActorType;
import io.promptforge.schema.type.AuditAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each change of a tenant's data is an entry that says who changed what. */
class AuditEntriesTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final TestTenant acme = DATABASE.newTenant();
    private final Tenant tenant = acme.tenant();

    @Test
    void anInsertHasTheValuesAnUpdateThoseThatChangedAndADeletionTheLast() {
        Project project = tenant.projects().create(NewProject.of("Support").description("old"));
        tenant.projects().update(project.id(), ProjectChanges.none().description("new"));
        tenant.projects().delete(project.id());

        List<AuditEntry> entries = of(project.id());

        assertThat(entries)
                .extracting(AuditEntry::action)
                .containsExactly(AuditAction.INSERT, AuditAction.UPDATE, AuditAction.DELETE);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.table()).isEqualTo("projects");
            assertThat(entry.actor()).isEqualTo(Actor.service());
            assertThat(entry.databaseRole()).isEqualTo("postgres");
        });
        assertThat(entries.get(0).before()).isEmpty();
        assertThat(value(entries.get(0).after(), "name")).isEqualTo("Support");
        assertThat(entries.get(1).before()).contains(Json.parse("{\"description\": \"old\"}"));
        assertThat(entries.get(1).after()).contains(Json.parse("{\"description\": \"new\"}"));
        assertThat(value(entries.get(2).before(), "description")).isEqualTo("new");
        assertThat(entries.get(2).after()).isEmpty();
    }

    @Test
    void eachChangeOfATransactionHasItsOwnActor() {
        UUID key = UUID.randomUUID();
        List<Project> projects = tenant.auditedAs(Actor.user(ALICE))
                .transaction(tx -> List.of(
                        tx.projects().create(NewProject.of("hers")),
                        tx.auditedAs(Actor.user(BOB)).projects().create(NewProject.of("his")),
                        tx.auditedAs(Actor.apiKey(key)).projects().create(NewProject.of("its")),
                        tx.auditedAs(Actor.service()).projects().create(NewProject.of("ours"))));

        List<AuditEntry> entries =
                projects.stream().flatMap(project -> of(project.id()).stream()).toList();

        assertThat(entries)
                .extracting(AuditEntry::actor)
                .containsExactly(Actor.user(ALICE), Actor.user(BOB), Actor.apiKey(key), Actor.service());
        assertThat(entries)
                .extracting(AuditEntry::transactionId)
                .containsOnly(entries.get(0).transactionId());
    }

    @Test
    void anActorIsForgottenByTheNextStatementOfTheTransaction() {
        Project project = tenant.transaction(tx -> {
            tx.auditedAs(Actor.user(ALICE)).projects().create(NewProject.of("hers"));
            return tx.projects().create(NewProject.of("ours"));
        });

        assertThat(of(project.id())).extracting(AuditEntry::actor).containsExactly(Actor.service());
    }

    @Test
    void whatIsRolledBackHasNoEntry() {
        UUID[] ids = new UUID[2];
        tenant.transactionWithoutResult(tx -> {
            ids[0] = tx.projects().create(NewProject.of("kept")).id();
            assertThatThrownBy(() -> tx.transactionWithoutResult(nested -> {
                        ids[1] = nested.projects()
                                .create(NewProject.of("undone"))
                                .id();
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
        });

        assertThat(of(ids[0])).hasSize(1);
        assertThat(of(ids[1])).isEmpty();
        assertThat(tenant.audit().verify().isIntact()).isTrue();
    }

    @Test
    void secretsAndPayloadsAreLeftOut() {
        User user = acme.user();
        tenant.users().changePassword(user.id(), "another correct horse");
        acme.fixtures()
                .modelProvider()
                .withEncryptedApiKey("SEALED".getBytes(StandardCharsets.UTF_8))
                .create();
        Project project = acme.project();
        acme.fixtures().evaluationResult().create();
        acme.prompt(project.id());

        List<AuditEntry> entries = of(user.id());

        assertThat(entries.get(entries.size() - 1).after()).contains(Json.parse("{\"password_hash\": \"(left out)\"}"));
        String everything =
                String.join("\n", DATABASE.query("SELECT concat(before, after) FROM promptforge.audit_entries"));
        assertThat(everything)
                .doesNotContain("$2a$", "$2b$", "U0VBTEVE", "\\x5345414c4544", "\"messages\"", "\"input\"");
    }

    @Test
    void aLoginAndAnUpdateThatChangesNothingAreNoEntries() {
        User user = acme.user();
        long before = tenant.audit().count(AuditFilter.all());

        DATABASE.forge().login(user.email(), TestTenant.PASSWORD);
        DATABASE.forge().login(user.email(), "wrong");
        tenant.users().update(user.id(), UserChanges.none().fullName(user.fullName()));

        assertThat(tenant.audit().count(AuditFilter.all())).isEqualTo(before);
    }

    @Test
    void plainSqlIsAuditedTooEachRowOfIt() {
        Project one = acme.project();
        Project other = acme.project();

        DATABASE.execute("UPDATE promptforge.projects SET description = 'by hand' WHERE organization_id = '"
                + tenant.organizationId() + "'");

        assertThat(of(one.id())).hasSize(2);
        assertThat(of(other.id())).hasSize(2);
        assertThat(of(one.id()).get(1).transactionId())
                .isEqualTo(of(other.id()).get(1).transactionId());
    }

    @Test
    void tracesAreAuditedWhenTheyAreRedactedAndDeletedOnly() {
        User user = acme.user();
        Trace trace = acme.fixtures().trace().create();
        assertThat(of(trace.id())).isEmpty();

        Tenant alice = tenant.auditedAs(Actor.user(user.id()));
        alice.traces().redact(trace.id(), Redaction.of("personal data"));
        alice.traces().delete(trace.id());

        List<AuditEntry> entries = of(trace.id());
        assertThat(entries).extracting(AuditEntry::action).containsExactly(AuditAction.UPDATE, AuditAction.DELETE);
        assertThat(entries).extracting(AuditEntry::actor).containsOnly(Actor.user(user.id()));
        assertThat(value(entries.get(0).after(), "redaction_note")).isEqualTo("personal data");
        assertThat(value(entries.get(1).before(), "name")).isEqualTo(trace.name());
        assertThat(tenant.audit()
                        .list(AuditFilter.all().table("spans"), AuditOrder.OLDEST_FIRST, PageRequest.first())
                        .items())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.rowId()).isEmpty();
                    assertThat(value(entry.before(), "traces")).isEqualTo("1");
                });
    }

    @Test
    void entriesAreFilteredByActorActionTableRowTransactionAndTime() {
        Project project = tenant.auditedAs(Actor.user(ALICE)).projects().create(NewProject.of("hers"));
        AuditEntry entry = of(project.id()).get(0);
        tenant.projects().update(project.id(), ProjectChanges.none().description("by a service"));
        AuditFilter row = AuditFilter.all().rowId(project.id());

        assertThat(found(AuditFilter.all().actorId(ALICE))).containsExactly(entry);
        assertThat(found(AuditFilter.all().actorType(ActorType.USER))).containsExactly(entry);
        assertThat(found(row.actorType(ActorType.SERVICE, ActorType.API_KEY)))
                .doesNotContain(entry)
                .hasSize(1);
        assertThat(found(row.action(AuditAction.INSERT))).containsExactly(entry);
        assertThat(found(AuditFilter.all().table("projects"))).contains(entry).hasSize(2);
        assertThat(found(AuditFilter.all().transactionId(entry.transactionId())))
                .containsExactly(entry);
        assertThat(found(row.createdFrom(entry.createdAt()))).hasSize(2);
        assertThat(found(row.createdBefore(entry.createdAt()))).isEmpty();
        assertThat(tenant.audit().find(entry.id())).contains(entry);
        assertThat(DATABASE.newTenant().tenant().audit().find(entry.id())).isEmpty();
    }

    @Test
    void pagesFollowEachOtherInBothOrders() {
        for (int i = 0; i < 5; i++) {
            acme.project();
        }
        AuditFilter projects = AuditFilter.all().table("projects");

        List<AuditEntry> oldest = found(projects);

        assertThat(oldest).hasSize(5).isSortedAccordingTo(Comparator.comparing(AuditEntry::createdAt));
        assertThat(pages(projects, AuditOrder.OLDEST_FIRST)).containsExactlyElementsOf(oldest);
        assertThat(pages(projects, AuditOrder.NEWEST_FIRST)).containsExactlyInAnyOrderElementsOf(oldest);
    }

    @Test
    void anActorThatIsNoServiceNeedsAnId() {
        assertThatThrownBy(() -> new Actor(ActorType.USER, Optional.empty())).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Actor(ActorType.SERVICE, Optional.of(ALICE)))
                .isInstanceOf(InvalidValueException.class);
    }

    private List<AuditEntry> of(UUID row) {
        return found(AuditFilter.all().rowId(row));
    }

    private List<AuditEntry> found(AuditFilter filter) {
        return tenant.audit()
                .list(filter, AuditOrder.OLDEST_FIRST, PageRequest.first(500))
                .items();
    }

    private List<AuditEntry> pages(AuditFilter filter, AuditOrder order) {
        List<AuditEntry> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            var page = tenant.audit().list(filter, order, PageRequest.first(2).after(next.orElse(null)));
            all.addAll(page.items());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    private static String value(Optional<Json> row, String column) {
        return DATABASE.query(
                        "SELECT '" + row.orElseThrow().toString().replace("'", "''") + "'::jsonb ->> '" + column + "'")
                .get(0);
    }
}
