package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.apikey.IssuedApiKey;
import io.promptforge.dao.apikey.NewApiKey;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.Redaction;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.schema.type.ActorType;
import io.promptforge.schema.type.AuditAction;
import io.promptforge.schema.type.ResultOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each change of a tenant's data is an entry that says who changed what. */
class AuditEntriesTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant acme = DATABASE.newTenant();
    private final Tenant tenant = acme.tenant();
    private final UUID alice = acme.user().id();
    private final UUID bob = acme.user().id();

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
    void aNewPromptHasOneEntryWhichSaysWhatItServes() {
        UUID project = acme.project().id();
        NewPrompt prompt = NewPrompt.of(project, "one");
        NewPromptVersion version = NewPromptVersion.of("hello");
        List<ResolvedPrompt> created = new ArrayList<>(
                tenant.prompts().create(List.of(prompt, NewPrompt.of(project, "two")), List.of(version, version)));
        created.add(tenant.prompts().create(NewPrompt.of(project, "three"), version));

        assertThat(created).allSatisfy(one -> {
            List<AuditEntry> entries = of(one.prompt().id());
            assertThat(entries).extracting(AuditEntry::action).containsExactly(AuditAction.INSERT);
            assertThat(value(entries.get(0).after(), "current_version_id"))
                    .isEqualTo(one.version().id().toString());
        });
    }

    @Test
    void eachChangeOfATransactionHasItsOwnActor() {
        IssuedApiKey key = tenant.apiKeys().create(NewApiKey.of("jobs", Set.of(Right.EDIT_PROJECTS)));
        List<Project> projects = DATABASE.forge().transaction(forge -> {
            Tenant service = forge.tenant(tenant.organizationId());
            Tenant caller = forge.authenticate(key.text()).orElseThrow();
            return List.of(
                    service.actingAs(alice).projects().create(NewProject.of("hers")),
                    service.actingAs(bob).transaction(tx -> tx.projects().create(NewProject.of("his"))),
                    caller.projects().create(NewProject.of("its")),
                    service.projects().create(NewProject.of("ours")));
        });

        List<AuditEntry> entries =
                projects.stream().flatMap(project -> of(project.id()).stream()).toList();

        assertThat(entries)
                .extracting(AuditEntry::actor)
                .containsExactly(
                        Actor.user(alice),
                        Actor.user(bob),
                        Actor.apiKey(key.key().id()),
                        Actor.service());
        assertThat(entries)
                .extracting(AuditEntry::transactionId)
                .containsOnly(entries.get(0).transactionId());
    }

    @Test
    void anActorIsForgottenByTheNextStatementOfTheTransaction() {
        Project project = tenant.transaction(tx -> {
            tx.actingAs(alice).projects().create(NewProject.of("hers"));
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
    void anEndOfAnEvaluationIsInTheEntryOfTheChangeThatResumedIt() {
        UUID id = acme.fixtures().evaluation().create().id();
        tenant.evaluations().start(id, TestTenant.NOON);
        tenant.evaluations().fail(id, TestTenant.NOON, "no answer");
        tenant.evaluations().start(id, TestTenant.NOON.plusSeconds(1));

        List<AuditEntry> entries = of(id);
        AuditEntry resumed = entries.get(entries.size() - 1);

        assertThat(value(resumed.before(), "error_message")).isEqualTo("no answer");
        assertThat(value(resumed.before(), "status")).isEqualTo("failed");
        assertThat(value(resumed.after(), "earlier_ends")).isEqualTo("(left out)");
    }

    @Test
    void secretsAndPayloadsAreLeftOut() {
        User user = acme.user();
        tenant.users().changePassword(user.id(), "another correct horse");
        acme.fixtures().modelProvider().withApiKey("sk-OPENTEXT-0123").create();
        User deleted = acme.user();
        DATABASE.execute("DELETE FROM promptforge.users WHERE id = '" + deleted.id() + "'");
        Project project = acme.project();
        acme.fixtures().evaluationResult().create();
        acme.prompt(project.id());

        List<AuditEntry> entries = of(user.id());

        assertThat(entries.get(entries.size() - 1).after())
                .contains(Json.parse(
                        "{\"password_hash\": \"(left out)\", \"previous_password_hashes\": \"(left out)\"}"));
        assertThat(of(deleted.id())).hasSize(2);
        String everything =
                String.join("\n", DATABASE.query("SELECT concat(before, after) FROM promptforge.audit_entries"));
        assertThat(everything).doesNotContain("$2a$", "$2b$", "OPENTEXT", "\"messages\"", "\"input\"");
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

        Tenant acting = tenant.actingAs(user.id());
        acting.traces().redact(trace.id(), Redaction.of("personal data"));
        acting.traces().delete(trace.id());

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
    void redactedSpansAreAuditedOneByOneAndResultsByTheirNumber() {
        Span span = acme.fixtures().span().create();
        UUID evaluation = acme.runningEvaluation().id();

        tenant.traces().redactSpans(span.traceId(), List.of(span.id()), Redaction.of("personal data"));
        tenant.evaluations()
                .append(
                        evaluation,
                        List.of(
                                NewEvaluationResult.of("one", ResultOutcome.PASSED),
                                NewEvaluationResult.of("two", ResultOutcome.FAILED)));

        assertThat(of(span.id())).singleElement().satisfies(entry -> assertThat(value(entry.after(), "redaction_note"))
                .isEqualTo("personal data"));
        assertThat(found(AuditFilter.all().table("evaluation_results")))
                .singleElement()
                .satisfies(entry -> assertThat(value(entry.after(), "results")).isEqualTo("2"));
    }

    @Test
    void anActorThatIsNoServiceHasAnId() throws SQLException {
        Project project = acme.project();

        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT promptforge.set_locally('promptforge.actor', 'user')");
            assertThatThrownBy(() -> statement.execute(
                            "UPDATE promptforge.projects SET description = 'x' WHERE id = '" + project.id() + "'"))
                    .hasMessageContaining("audit_entries_actor_id_type");
        }
    }

    @Test
    void entriesAreFilteredByActorActionTableRowTransactionAndTime() {
        Project project = tenant.actingAs(alice).projects().create(NewProject.of("hers"));
        AuditEntry entry = of(project.id()).get(0);
        tenant.projects().update(project.id(), ProjectChanges.none().description("by a service"));
        AuditFilter row = AuditFilter.all().rowId(project.id());

        assertThat(found(AuditFilter.all().actorId(alice))).containsExactly(entry);
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
