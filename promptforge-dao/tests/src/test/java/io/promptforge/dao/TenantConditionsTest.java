package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.RolledBackCalls.Outcome;
import io.promptforge.dao.WithoutTenantConditions.TenantCondition;
import io.promptforge.dao.audit.AuditDigest;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptVersion;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.Redaction;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import io.promptforge.seed.fixture.Fixtures;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each condition on the tenant that a statement of the library has is needed: all calls are run without it, as a role that row-level
 * security does not confine, and one of them gives or writes something else. They are called with the ids of another tenant, and with
 * their own while another tenant has rows with the same ids.
 */
class TenantConditionsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    /** Those without which nothing changes. */
    private static final List<Backed> BACKED = List.of(
            new Backed("select \"promptforge\".\"repricings\".\"reached_id\"", "the call has just made the repricing"),
            new Backed("update \"promptforge\".\"repricings\" set", "the call has just made the repricing"),
            new Backed("\"traces\".\"span_count\" from", "the spans of the traces are then sought within the tenant"),
            new Backed(
                    "t.id = r.id) IS NULL", "a trace that seems to be stored is recorded, and refused for its project"),
            new Backed("with recursive \"names\"", "names are sought, and then checked, within the tenant"));

    /**
     * Conditions that others back.
     *
     * @param part a part of their statement
     * @param reason why no input tells whether they are there
     */
    private record Backed(String part, String reason) {
        boolean includes(TenantCondition condition) {
            return condition.sql().contains(part);
        }
    }

    /** Some mutants would repeat a statement without end. */
    private static final int MOST_STATEMENTS = 300;

    private static final List<Attempt> ATTEMPTS = new ArrayList<>();
    private static final Map<TenantCondition, List<Attempt>> ATTEMPTS_BY_CONDITION = new LinkedHashMap<>();
    private static RolledBackCalls calls;

    /**
     * A call for a tenant.
     *
     * @param expected what it does with all conditions
     */
    private record Attempt(String name, UUID tenant, Function<Tenant, Object> call, Outcome expected) {
        @Override
        public String toString() {
            return name;
        }

        Outcome without(Predicate<TenantCondition> removed) throws SQLException {
            return calls.run(forge -> call.apply(forge.tenant(tenant)), removed);
        }
    }

    @BeforeAll
    static void callAllWithAllConditions() throws SQLException {
        Belongings owner = new Belongings(DATABASE.newTenant());
        Belongings others = new Belongings(DATABASE.newTenant());
        UUID other = others.tenant.organizationId();
        giveWhatCallsDoNot(owner);
        UUID organization = owner.tenant.organizationId();
        UUID twin = TwinTenant.before(organization, DATABASE);
        TwinTenant.behind(organization, DATABASE);
        AuditDigest ofTwin = digestOf(twin, organization);
        UUID cut = DATABASE.newTenant().tenant().organizationId();
        moveCutFrom(cut, twin);
        DATABASE.execute(
                "UPDATE promptforge.audit_logs SET cut_number = 1 WHERE organization_id = '" + organization + "'");
        putForgedEntryInto(other, organization);
        calls = new RolledBackCalls(DATABASE);
        for (EveryCall call : EveryCall.all()) {
            Object[] arguments = Arguments.of(call, owner);
            attempt(call + " with its own ids", organization, tenant -> call.on(tenant, arguments));
            attempt(call + " with the ids of another tenant", other, tenant -> call.on(tenant, arguments));
        }
        UUID prompt = owner.id("prompt");
        PromptVersion newest =
                DATABASE.forge().tenant(twin).prompts().findVersion(prompt, 2).orElseThrow();
        attempt("prompts.commit of what is the newest version of the twin", organization, tenant -> tenant.prompts()
                .commit(prompt, NewPromptVersion.like(newest)));
        attempt("audit.verify of a digest that only the log of the twin has", organization, tenant -> tenant.audit()
                .verify(ofTwin));
        attempt("audit.verify of a cut that only another log has", cut, tenant -> tenant.audit()
                .verify());
        for (int version = 1; version <= 2; version++) {
            int number = version;
            attempt("prompts.deploy of version " + number, organization, tenant -> tenant.prompts()
                    .deploy(prompt, number, List.of("production"), null));
        }
        AiModel model = (AiModel) owner.row("aiModel");
        String provider = DATABASE.query("SELECT name FROM promptforge.model_providers WHERE organization_id = '" + twin
                        + "' AND id = '" + model.providerId() + "'")
                .get(0);
        attempt("models.resolve by the twin's provider", organization, tenant -> tenant.models()
                .resolve(model.providerModelId(), provider));
        UUID withoutError = UUID.fromString(DATABASE.query(
                        "SELECT id FROM promptforge.spans WHERE organization_id = '%s' AND trace_id = '%s' AND id <> '%s' ORDER BY id LIMIT 1"
                                .formatted(organization, owner.id("trace"), owner.id("span")))
                .get(0));
        attempt(
                "traces.redactSpans of a span whose error is not that of the trace",
                organization,
                tenant ->
                        tenant.traces().redactSpans(owner.id("trace"), List.of(withoutError), Redaction.of("removed")));
        attempt("traces.record of a trace whose id another tenant has", other, tenant -> {
            tenant.traces().record(TestTenant.newTrace(owner.id("trace"), others.id("project")));
            return "";
        });
        attempt("traces.record of a call after the prices of the twin began", organization, tenant -> {
            tenant.traces().record(callOf(model, owner.id("project")));
            return "";
        });
    }

    private static NewTrace callOf(AiModel model, UUID project) {
        UUID trace = UUID.randomUUID();
        NewSpan call = NewSpan.of(
                        UUID.randomUUID(),
                        "call",
                        SpanKind.LLM,
                        ExecutionStatus.SUCCESS,
                        TestTenant.NOON.plusSeconds(60))
                .requestModel(model.providerModelId())
                .inputTokens(10L);
        return TestTenant.newTrace(trace, project).spans(List.of(call));
    }

    /** Rows that some conditions are about, and that no call needs. */
    private static void giveWhatCallsDoNot(Belongings owner) {
        Fixtures fixtures = owner.fixture.fixtures();
        fixtures.aiModel().of(fixtures.modelProvider().named("OpenAI").create()).create(); // as in the catalogue
        DATABASE.executeAsReplica("""
                UPDATE promptforge.evaluation_results
                SET prompt_version_id = '%2$s', evaluator_id = '%4$s', evaluator_version_id = '%5$s' WHERE organization_id = '%1$s';
                UPDATE promptforge.spans SET error_message = 'from ' || id WHERE organization_id = '%1$s';
                UPDATE promptforge.traces SET error_message = 'from %3$s', derived = derived || '{error_message}'::text[]
                WHERE organization_id = '%1$s'""".formatted(
                        owner.tenant.organizationId(),
                        owner.id("promptVersion"),
                        owner.id("span"),
                        owner.id("evaluator"),
                        owner.id("evaluatorVersion")));
    }

    /** The digest of a tenant for a transaction that is in the log of another one. */
    private static AuditDigest digestOf(UUID another, UUID tenant) {
        DATABASE.executeAsReplica("""
                INSERT INTO promptforge.audit_transactions (organization_id, id, number, hash)
                VALUES ('%s', gen_random_uuid(), 1000000, sha256(''))""".formatted(another));
        return AuditDigest.parse(tenant + ":1000000:"
                + DATABASE.query("SELECT encode(sha256(''), 'hex')").get(0));
    }

    /** Cuts the whole log of a tenant, and puts the entry of this into that of another one. */
    private static void moveCutFrom(UUID tenant, UUID another) {
        DATABASE.executeAsReplica("""
                UPDATE promptforge.audit_logs SET cut_number = last_number, cut_hash = last_hash WHERE organization_id = '%1$s';
                DELETE FROM promptforge.audit_entries WHERE organization_id = '%1$s';
                DELETE FROM promptforge.audit_transactions WHERE organization_id = '%1$s';
                INSERT INTO promptforge.audit_entries (organization_id, action, table_name, after)
                SELECT '%2$s', 'update', 'audit_logs', jsonb_build_object('cut_hash', encode(cut_hash, 'hex'))
                FROM promptforge.audit_logs WHERE organization_id = '%1$s'""".formatted(tenant, another));
    }

    /** An entry of a transaction that another tenant has, and its own log does not. */
    private static void putForgedEntryInto(UUID tenant, UUID another) {
        DATABASE.executeAsReplica("""
                INSERT INTO promptforge.audit_entries (organization_id, transaction_id, action, table_name)
                SELECT '%s', id, 'insert', 'projects' FROM promptforge.audit_transactions WHERE organization_id = '%s' LIMIT 1""".formatted(tenant, another));
    }

    private static void attempt(String name, UUID tenant, Function<Tenant, Object> call) throws SQLException {
        List<TenantCondition> met = new ArrayList<>();
        Outcome expected = calls.run(forge -> call.apply(forge.tenant(tenant)), condition -> !met.add(condition));
        Attempt attempt = new Attempt(name, tenant, call, expected);
        ATTEMPTS.add(attempt);
        met.stream().distinct().forEach(condition -> ATTEMPTS_BY_CONDITION
                .computeIfAbsent(condition, key -> new ArrayList<>())
                .add(attempt));
    }

    @AfterAll
    static void close() throws SQLException {
        calls.close();
    }

    @Test
    void withAllConditionsNoCallReadsOrChangesRowsOfAnotherTenant() throws SQLException {
        Outcome before = calls.run(forge -> "", condition -> false);

        assertThat(ATTEMPTS).allSatisfy(attempt -> {
            assertThat(attempt.expected().result()).as(attempt.name()).doesNotContain(TwinTenant.MARK);
            if (!attempt.expected().rows().isEmpty()) {
                assertThat(attempt.expected().rowsOfOthers(attempt.tenant()))
                        .as(attempt.name())
                        .isEqualTo(before.rowsOfOthers(attempt.tenant()));
            }
        });
    }

    @Test
    @NotOnCitus("there a table that is joined by the tenant is confined without a condition of its own")
    void aConditionThatIsLeftOutIsNoticed() throws SQLException {
        List<TenantCondition> survived = new ArrayList<>();
        for (TenantCondition condition : ATTEMPTS_BY_CONDITION.keySet()) {
            if (!isNoticed(condition)) {
                survived.add(condition);
            }
        }

        assertThat(survived).allSatisfy(condition -> assertThat(BACKED)
                .as("%s, which %s have", condition, ATTEMPTS_BY_CONDITION.get(condition))
                .anyMatch(backed -> backed.includes(condition)));
        assertThat(BACKED).allSatisfy(backed -> assertThat(survived).anyMatch(backed::includes));
        assertThat(ATTEMPTS_BY_CONDITION).hasSizeGreaterThan(200);
    }

    private static boolean isNoticed(TenantCondition condition) throws SQLException {
        for (Attempt attempt : ATTEMPTS_BY_CONDITION.getOrDefault(condition, List.of())) {
            int[] statements = {0};
            Outcome outcome = attempt.without(each -> {
                if (each.place() == 0 && ++statements[0] > MOST_STATEMENTS) {
                    throw new IllegalStateException("endless");
                }
                return each.equals(condition);
            });
            if (!outcome.equals(attempt.expected())) {
                return true;
            }
        }
        return false;
    }
}
