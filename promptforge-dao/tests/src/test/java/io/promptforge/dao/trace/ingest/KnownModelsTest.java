package io.promptforge.dao.trace.ingest;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.ModelMatch;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Models are kept in memory, and a span is never priced by what was known of a model before it changed. */
class KnownModelsTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final RecordedStatements STATEMENTS = new RecordedStatements(DATABASE.dataSource());
    private static final PromptForge FORGE = PromptForge.create(STATEMENTS.dataSource());

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = FORGE.tenant(fixture.organization().id());
    private final Tenant elsewhere = fixture.tenant();
    private final UUID project = fixture.project().id();
    private final String name = TestTenant.newName("model");

    @Test
    void aModelIsReadOnce() {
        register("1");
        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000001");

        assertThat(STATEMENTS.of(() -> assertThat(costOfATokenIn(tenant)).isEqualTo("0.000001")))
                .as("one that writes, and one that reads the cost")
                .hasSize(2);
    }

    @Test
    void aPriceThatWasChangedElsewhereCountsFromTheNextSpanOn() {
        AiModel model = register("1");
        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000001");

        setPrices(elsewhere, model, ModelPrices.perMillion("2", "2"));

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000002");
    }

    @Test
    void aModelThatIsRegisteredLaterIsFound() {
        assertThat(costOfATokenIn(tenant)).isEqualTo("none");

        register("3");

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000003");
    }

    @Test
    void aModelThatIsRegisteredLaterIsFoundByItsAlias() {
        registerAs("other", "1", "unrelated");
        assertThat(costOfATokenIn(tenant)).isEqualTo("none");

        registerAs("named otherwise", "3", name);

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000003");
    }

    @Test
    void aModelThatIsRegisteredLaterIsFoundByItsPattern() {
        assertThat(costOfATokenIn(tenant)).isEqualTo("none");

        registerAs("named otherwise", "3", name.substring(0, name.length() - 1) + "*");

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000003");
    }

    @Test
    void aModelThatIsRegisteredLaterGoesBeforeTheAliasOfAnother() {
        registerAs("named otherwise", "3", name);
        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000003");

        register("4");

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000004");
    }

    @Test
    void anAliasThatWasTakenAwayElsewhereCountsNoMore() {
        AiModel model = registerAs("named otherwise", "3", name);
        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000003");

        elsewhere.models().update(model.id(), AiModelChanges.none().aliases(List.of()));

        assertThat(costOfATokenIn(tenant)).isEqualTo("none");
    }

    @Test
    void aChangeIsSeenThatBeganBeforeAnotherOneAndIsCommittedAfterIt() {
        AiModel model = register("1");
        elsewhere.transactionWithoutResult(earlier -> {
            setPrices(earlier, model, ModelPrices.perMillion("2", "2"));
            registerApart("later");
            assertThat(costOfATokenIn(tenant)).isEqualTo("0.000001");
        });

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000002");
    }

    @Test
    void aCallThatTellsWhichModelIsMeantSeesWhatWasChangedElsewhere() {
        assertThat(tenant.models().resolve(name, null)).isEmpty();

        AiModel model = register("1");

        assertThat(tenant.models().resolve(name, null))
                .get()
                .extracting(ModelMatch::model)
                .isEqualTo(model);
    }

    @Test
    void aModelThatWasDeletedIsNotFoundAnyMore() {
        AiModel model = register("3");
        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000003");
        DATABASE.execute("UPDATE promptforge.spans SET model_id = NULL WHERE model_id = '" + model.id() + "'");
        DATABASE.execute("UPDATE promptforge.traces SET model_id = NULL WHERE model_id = '" + model.id() + "'");

        DATABASE.execute("DELETE FROM promptforge.ai_models WHERE id = '" + model.id() + "'");

        assertThat(costOfATokenIn(tenant)).isEqualTo("none");
    }

    @Test
    void pricesOfATransactionThatIsRolledBackAreForgotten() {
        AiModel model = register("1");
        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000001");

        assertThat(catchThrowable(() -> tenant.transactionWithoutResult(tx -> {
                    setPrices(tx, model, ModelPrices.perMillion("9", "9"));
                    assertThat(costOfATokenIn(tx)).isEqualTo("0.000009");
                    throw new IllegalStateException("rolls back");
                })))
                .hasMessage("rolls back");

        assertThat(costOfATokenIn(tenant)).isEqualTo("0.000001");
    }

    private static void setPrices(Tenant tenant, AiModel model, ModelPrices prices) {
        tenant.models().setPrices(model.id(), NewPriceList.of(Instant.EPOCH, prices));
    }

    private AiModel register(String dollarsPerMillion) {
        return registerAs(name, dollarsPerMillion);
    }

    private void registerApart(String model) {
        FORGE.tenant(fixture.organization().id())
                .models()
                .create(NewAiModel.of(fixture.provider().id(), model, model));
    }

    private AiModel registerAs(String model, String dollarsPerMillion, String... aliases) {
        return elsewhere
                .models()
                .create(NewAiModel.of(fixture.provider().id(), model, model)
                        .aliases(List.of(aliases))
                        .prices(ModelPrices.perMillion(dollarsPerMillion, dollarsPerMillion)));
    }

    private String costOfATokenIn(Tenant recording) {
        UUID trace = UUID.randomUUID();
        UUID span = UUID.randomUUID();
        recording
                .traces()
                .record(NewTrace.of(trace, project, "ask", ExecutionStatus.SUCCESS, NOON)
                        .spans(List.of(NewSpan.of(span, "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                                .requestModel(name)
                                .inputTokens(1L))));
        return recording
                .traces()
                .findSpan(trace, span)
                .flatMap(found -> found.modelCall().cost())
                .map(BigDecimal::toPlainString)
                .orElse("none");
    }
}
