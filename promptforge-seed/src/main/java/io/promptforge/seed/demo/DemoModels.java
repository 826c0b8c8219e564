package io.promptforge.seed.demo;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.ModelCapability;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ModelProvider;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.schema.type.ProviderType;
import java.util.Set;

/**
 * Two providers with a model each.
 *
 * @param gpt4 the model that the demo's evaluation and traces use
 * @param claude the model of the second provider
 */
record DemoModels(AiModel gpt4, AiModel claude) {
    static DemoModels ensure(Tenant tenant, DemoReconciler reconciler) {
        ModelProvider openAi = ensure(
                tenant, "OpenAI", ProviderType.OPENAI, "GPT models", "https://api.openai.com/v1", true, reconciler);
        ModelProvider anthropic = ensure(
                tenant,
                "Anthropic",
                ProviderType.ANTHROPIC,
                "Claude models",
                "https://api.anthropic.com",
                false,
                reconciler);
        return new DemoModels(
                ensure(
                        tenant,
                        openAi,
                        CatalogueModel.of("gpt-4-0125-preview", "GPT-4")
                                .description("GPT-4 Turbo with a long context")
                                .capabilities(Set.of(ModelCapability.STREAMING, ModelCapability.FUNCTION_CALLING))
                                .contextLength(128_000)
                                .prices(ModelPrices.perMillion("10", "30")),
                        reconciler),
                ensure(
                        tenant,
                        anthropic,
                        CatalogueModel.of("claude-3-sonnet-20240229", "Claude 3 Sonnet")
                                .description("Balanced in skill and speed")
                                .capabilities(Set.of(
                                        ModelCapability.STREAMING,
                                        ModelCapability.FUNCTION_CALLING,
                                        ModelCapability.VISION))
                                .contextLength(200_000)
                                .prices(ModelPrices.perMillion("3", "15")),
                        reconciler));
    }

    private static ModelProvider ensure(
            Tenant tenant,
            String name,
            ProviderType type,
            String description,
            String baseUrl,
            boolean isDefault,
            DemoReconciler reconciler) {
        return reconciler.ensure(
                tenant.modelProviders().findByName(name),
                present -> {
                    String what = "model provider " + name;
                    reconciler.same(what, "type", present.type(), type);
                    reconciler.same(what, "base URL", present.baseUrl().orElse(""), baseUrl);
                    reconciler.same(what, "activity", present.active(), true);
                    reconciler.same(what, "being the default", present.isDefault(), isDefault);
                },
                () -> tenant.modelProviders()
                        .create(NewModelProvider.of(name, type)
                                .description(description)
                                .baseUrl(baseUrl)
                                .isDefault(isDefault)));
    }

    private static AiModel ensure(
            Tenant tenant, ModelProvider provider, CatalogueModel model, DemoReconciler reconciler) {
        return reconciler.ensure(
                tenant.models().findByProviderModelId(provider.id(), model.providerModelId()),
                present -> {
                    String what = "model " + model.providerModelId();
                    reconciler.same(what, "name", present.name(), model.name());
                    reconciler.same(what, "context length", present.contextLength(), model.contextLength());
                    reconciler.same(what, "capabilities", present.capabilities(), model.capabilities());
                    reconciler.same(what, "prices", present.prices(), model.prices());
                    reconciler.same(what, "activity", present.active(), true);
                },
                () -> tenant.models()
                        .create(NewAiModel.of(provider.id(), model.name(), model.providerModelId())
                                .description(model.description().orElse(null))
                                .capabilities(model.capabilities())
                                .contextLength(model.contextLength().orElseThrow())
                                .prices(model.prices())));
    }
}
