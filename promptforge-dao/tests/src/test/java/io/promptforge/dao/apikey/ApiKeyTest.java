package io.promptforge.dao.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.BeforeStatement;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.evaluation.ComparisonFilter;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.model.ModelFilter;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.PromptFilter;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.user.UserFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final PromptForge FORGE = DATABASE.forge();
    private static final NewApiKey READER = NewApiKey.of("reader", Set.of(Right.READ));

    private final TestTenant fixture = DATABASE.newTenant();
    private final ApiKeyRepository keys = fixture.tenant().apiKeys();

    private static boolean isAccepted(String text) {
        return FORGE.authenticate(text).isPresent();
    }

    private static void isRefused(Right right, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AccessDeniedException.class, e -> assertThat(e.right())
                .contains(right));
    }

    @Test
    void aKeyIsReadWithoutItsText() {
        Project project = fixture.project();
        Instant end = TestTenant.NOON.plusSeconds(1);

        IssuedApiKey issued = keys.create(NewApiKey.of("ingest", Set.of(Right.READ, Right.RECORD_TRACES))
                .projectIds(Set.of(project.id()))
                .expiresAt(end));

        assertThat(issued.key())
                .returns("ingest", ApiKey::name)
                .returns(Set.of(Right.READ, Right.RECORD_TRACES), ApiKey::rights)
                .returns(Optional.of(Set.of(project.id())), ApiKey::projectIds)
                .returns(Optional.of(end), ApiKey::expiresAt)
                .returns(Optional.empty(), ApiKey::revokedAt)
                .returns(Optional.empty(), ApiKey::lastUsedAt);
        assertThat(keys.find(issued.key().id())).contains(issued.key());
        assertThat(issued.toString()).doesNotContain(issued.text());
        assertThat(DATABASE.query("SELECT t::text FROM promptforge.api_keys t"))
                .allSatisfy(row -> assertThat(row).doesNotContain(issued.text()));
    }

    @Test
    void theTextIsRecognisableAndNoTwoAreEqual() {
        String text = keys.create(READER).text();

        assertThat(text)
                .matches("pf_[0-9A-Za-z]{92}")
                .isNotEqualTo(fixture.fixtures().apiKey().issue());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANAGE_API_KEYS")
    void everyRightButTheManagementOfKeysCanBeGiven(Right right) {
        assertThat(keys.create(NewApiKey.of("some", Set.of(right))).key().rights())
                .containsOnly(right);
    }

    @Test
    void aKeyThatMakesKeysCouldOutliveItsRevocationAndIsRefused() {
        assertThatThrownBy(() -> keys.create(NewApiKey.of("some", Set.of(Right.MANAGE_API_KEYS))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("rights"));
    }

    @Test
    void aKeyIsLimitedToProjectsOfItsTenant() {
        UUID theirs = DATABASE.newTenant().project().id();

        assertThatThrownBy(() ->
                        keys.create(READER.projectIds(Set.of(fixture.project().id(), theirs))))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("project_ids"));
    }

    @Test
    void aKeyIsItsTenant() {
        IssuedApiKey issued = keys.create(READER);

        Tenant tenant = FORGE.authenticate(issued.text()).orElseThrow();

        assertThat(tenant.organizationId()).isEqualTo(fixture.organization().id());
        assertThat(tenant.actor()).isEqualTo(Actor.apiKey(issued.key().id()));
    }

    @Test
    void aServiceThatIsConfinedAuthenticatesKeys() {
        String text = keys.create(READER).text();

        assertThat(PromptForge.create(DATABASE.serviceDataSource(), ClassDatabase.settings())
                        .authenticate(text)
                        .orElseThrow()
                        .organization()
                        .id())
                .isEqualTo(fixture.organization().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pf_", "pf_0", "sk-abc", "pf_ü"})
    void whatIsNoKeyIsRefusedWithoutAStatement(String text) {
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        PromptForge forge = PromptForge.create(recorded.dataSource(), ClassDatabase.settings());

        assertThat(recorded.of(() -> assertThat(forge.authenticate(text)).isEmpty()))
                .isEmpty();
        assertThat(recorded.of(() ->
                        assertThat(forge.authenticate(text + "0".repeat(95))).isEmpty()))
                .isEmpty();
    }

    @Test
    void everyMistypedCharacterIsFoundWithoutAStatement() {
        String text = keys.create(READER).text();
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        PromptForge forge = PromptForge.create(recorded.dataSource(), ClassDatabase.settings());

        assertThat(recorded.of(() -> {
                    for (int i = 0; i < text.length(); i++) {
                        char other = text.charAt(i) == 'a' ? 'b' : 'a';
                        String mistyped = text.substring(0, i) + other + text.substring(i + 1);
                        assertThat(forge.authenticate(mistyped)).isEmpty();
                    }
                }))
                .isEmpty();
        assertThat(forge.authenticate(text)).isPresent();
    }

    @Test
    void aTextThatNamesAKeyWithoutItsSecretIsRefused() {
        ApiKey key = keys.create(READER).key();
        UUID organization = fixture.organization().id();

        assertThat(isAccepted(ApiKeyText.random(organization, key.id()).text())).isFalse();
        assertThat(isAccepted(ApiKeyText.random(organization, UUID.randomUUID()).text()))
                .isFalse();
    }

    @Test
    void theExtremesOfATextAreReadAsTheyWereWritten() {
        for (UUID id : List.of(new UUID(0, 0), new UUID(-1, -1), UUID.randomUUID())) {
            ApiKeyText text = ApiKeyText.random(id, id);

            assertThat(ApiKeyText.parse(text.text())).contains(text);
        }
    }

    @Test
    void anotherSecretOfTheHostAcceptsOnlyItsOwnKeys() {
        PromptForge other = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().apiKeySecret(new byte[32]));
        String theirs = other.tenant(fixture.organization().id())
                .apiKeys()
                .create(READER)
                .text();

        assertThat(other.authenticate(theirs)).isPresent();
        assertThat(isAccepted(theirs)).isFalse();
        assertThatThrownBy(() -> ClassDatabase.settings().apiKeySecret(new byte[31]))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aKeyDoesWhatItsRightsSay() {
        Tenant tenant = FORGE.authenticate(fixture.fixtures()
                        .apiKey()
                        .withRights(Right.READ, Right.EDIT_PROJECTS)
                        .issue())
                .orElseThrow();

        Project created = tenant.projects().create(NewProject.of("by key"));

        assertThat(tenant.projects().find(created.id())).contains(created);
        isRefused(Right.RECORD_TRACES, () -> tenant.traces().record(List.of()));
        isRefused(Right.MANAGE_API_KEYS, () -> tenant.apiKeys().create(READER));
        assertThatThrownBy(() -> tenant.actingAs(fixture.user().id())).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aLimitedKeySeesAndChangesItsProjectsOnly() {
        Project mine = fixture.project();
        Project other = fixture.project();
        UUID trace = fixture.trace(other.id());
        Tenant tenant = FORGE.authenticate(fixture.fixtures()
                        .apiKey()
                        .withRights(Right.READ, Right.RECORD_TRACES, Right.EDIT_PROJECTS)
                        .in(mine)
                        .issue())
                .orElseThrow();

        tenant.traces().record(TestTenant.newTrace(UUID.randomUUID(), mine.id()));
        assertThat(tenant.traces().count(TraceFilter.all().projectId(mine.id())))
                .isEqualTo(1);
        assertThat(tenant.projects().find(mine.id())).contains(mine);
        assertThat(tenant.models().count(ModelFilter.all())).isZero();
        isRefused(Right.READ, tenant::organization);
        isRefused(Right.READ, () -> tenant.users().count(UserFilter.all()));
        isRefused(Right.READ, () -> tenant.projects().find(other.id()));
        isRefused(Right.READ, () -> tenant.projects().findByName(other.name()));
        isRefused(Right.READ, () -> tenant.traces().find(trace));
        isRefused(Right.READ, () -> tenant.traces().count(TraceFilter.all()));
        isRefused(Right.READ, () -> tenant.prompts().count(PromptFilter.all().projectId(other.id())));
        isRefused(
                Right.RECORD_TRACES, () -> tenant.traces().record(TestTenant.newTrace(UUID.randomUUID(), other.id())));
        isRefused(Right.EDIT_PROJECTS, () -> tenant.projects().create(NewProject.of("new")));
    }

    @Test
    void aLimitedKeyNeedsItsRightInEachProjectThatACallNames() {
        Project mine = fixture.project();
        Project other = fixture.project();
        UUID ours =
                fixture.fixtures().evaluation().in(mine).completed().create().id();
        UUID theirs =
                fixture.fixtures().evaluation().in(other).completed().create().id();
        Tenant tenant =
                FORGE.authenticate(fixture.fixtures().apiKey().in(mine).issue()).orElseThrow();
        EvaluationRepository evaluations = tenant.evaluations();
        ComparisonFilter all = ComparisonFilter.all();

        assertThat(evaluations.findAll(List.of(ours))).hasSize(1);
        isRefused(Right.READ, () -> evaluations.findAll(List.of(ours, theirs)));
        isRefused(Right.READ, () -> evaluations.compare(ours, theirs, all, PageRequest.first()));
        isRefused(Right.READ, () -> evaluations.compare(theirs, ours, all, PageRequest.first()));
        assertThat(tenant.traces().count(TraceFilter.all().projectIds(List.of(mine.id()))))
                .isZero();
        isRefused(
                Right.READ, () -> tenant.traces().count(TraceFilter.all().projectIds(List.of(mine.id(), other.id()))));
        isRefused(Right.RECORD_TRACES, () -> tenant.traces()
                .record(List.of(
                        TestTenant.newTrace(UUID.randomUUID(), mine.id()),
                        TestTenant.newTrace(UUID.randomUUID(), other.id()))));
    }

    @Test
    void aLimitedKeyGetsNoMoreWhenItsProjectIsDeleted() {
        Project mine = fixture.project();
        Project other = fixture.project();
        String text = fixture.fixtures().apiKey().in(mine).issue();

        fixture.tenant().projects().delete(mine.id());

        isRefused(
                Right.READ,
                () -> FORGE.authenticate(text).orElseThrow().projects().find(other.id()));
    }

    @Test
    void aKeyThatHasExpiredOrWasRevokedIsRefused() {
        IssuedApiKey revoked = keys.create(READER);
        String expired = fixture.fixtures()
                .apiKey()
                .with(key -> key.expiresAt(Instant.now().minusSeconds(1)))
                .issue();

        ApiKey once = keys.revoke(revoked.key().id());

        assertThat(isAccepted(expired)).isFalse();
        assertThat(isAccepted(revoked.text())).isFalse();
        assertThat(keys.revoke(revoked.key().id()).revokedAt()).isEqualTo(once.revokedAt());
        assertThatThrownBy(() -> keys.rotate(revoked.key().id(), Duration.ZERO))
                .isInstanceOf(IllegalTransitionException.class);
        assertThat(keys.count(ApiKeyFilter.all().revoked(true))).isEqualTo(1);
        assertThatThrownBy(() -> DATABASE.execute("UPDATE promptforge.api_keys SET revoked_at = NULL"))
                .hasStackTraceContaining("stays revoked");
    }

    @Test
    void bothTextsAreAcceptedInTheOverlapOfARotation() {
        IssuedApiKey first = keys.create(READER);
        UUID id = first.key().id();

        IssuedApiKey second = keys.rotate(id, Duration.ofHours(1));

        assertThat(second.key().id()).isEqualTo(id);
        assertThat(isAccepted(first.text())).isTrue();
        assertThat(isAccepted(second.text())).isTrue();

        String third = keys.rotate(id, Duration.ZERO).text();

        assertThat(isAccepted(first.text())).isFalse();
        assertThat(isAccepted(second.text())).isFalse();
        assertThat(isAccepted(third)).isTrue();
    }

    @Test
    void inTheOverlapNoOtherTextIsAccepted() {
        UUID id = keys.create(READER).key().id();
        keys.rotate(id, Duration.ofHours(1));

        assertThat(isAccepted(ApiKeyText.random(fixture.organization().id(), id).text()))
                .isFalse();
    }

    @Test
    void aRevocationEndsTheOverlapToo() {
        IssuedApiKey first = keys.create(READER);
        String second = keys.rotate(first.key().id(), Duration.ofHours(1)).text();

        keys.revoke(first.key().id());

        assertThat(isAccepted(first.text())).isFalse();
        assertThat(isAccepted(second)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P367D"})
    void anOverlapHasItsLimits(Duration overlap) {
        UUID id = keys.create(READER).key().id();

        assertThatThrownBy(() -> keys.rotate(id, overlap)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aUseIsNotedOnceAnHour() {
        IssuedApiKey issued = keys.create(READER);
        String row = " WHERE id = '" + issued.key().id() + "'";
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        PromptForge forge = PromptForge.create(recorded.dataSource(), ClassDatabase.settings());

        assertThat(updates(recorded.of(() -> forge.authenticate(issued.text()))))
                .isEqualTo(1);
        assertThat(updates(recorded.of(() -> forge.authenticate(issued.text()))))
                .isZero();
        DATABASE.execute("UPDATE promptforge.api_keys SET last_used_at = now() - interval '61 minutes'" + row);
        assertThat(updates(recorded.of(() -> forge.authenticate(issued.text()))))
                .isEqualTo(1);
        assertThat(keys.find(issued.key().id()).orElseThrow().lastUsedAt().orElseThrow())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void aUseThatAnotherOneHasNotedMeanwhileIsNotNotedAgain() {
        IssuedApiKey issued = keys.create(READER);
        String version = "SELECT xmin FROM promptforge.api_keys WHERE id = '"
                + issued.key().id() + "'";
        List<String> noted = new ArrayList<>();
        BeforeStatement noting = new BeforeStatement(DATABASE.dataSource(), "update", () -> {
            isAccepted(issued.text());
            noted.addAll(DATABASE.query(version));
        });

        PromptForge.create(noting.dataSource(), ClassDatabase.settings()).authenticate(issued.text());

        assertThat(noted).hasSize(1).isEqualTo(DATABASE.query(version));
    }

    private static long updates(List<String> statements) {
        return statements.stream().filter(sql -> sql.startsWith("update")).count();
    }

    @Test
    void usesAtOnceAreAllAccepted() {
        String text = keys.create(READER).text();

        assertThat(AtOnce.get(8, i -> isAccepted(text))).containsOnly(true);
    }
}
