package io.promptforge.seed.demo;

import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelCapability;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ModelProvider;
import io.promptforge.dao.model.ModelRepository;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.schema.type.ProviderType;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Two providers with a model each.
 *
 * @param gpt4 the model that the demo calls
 * @param claude the other one
 */
record DemoModels(AiModel gpt4, AiModel claude) {
    static DemoModels ensure(ModelRepository models, DemoReconciler reconciler) {
        ModelProvider openAi = ensure(
                models,
                NewModelProvider.named("OpenAI", ProviderType.OPENAI)
                        .withDescription("GPT models")
                        .withBaseUrl("https://api.openai.com/v1")
                        .asDefault(),
                reconciler);
        ModelProvider anthropic = ensure(
                models,
                NewModelProvider.named("Anthropic", ProviderType.ANTHROPIC)
                        .withDescription("Claude models")
                        .withBaseUrl("https://api.anthropic.com"),
                reconciler);
        return new DemoModels(
                ensure(models, gpt4(openAi.id()), reconciler), ensure(models, claude(anthropic.id()), reconciler));
    }

    private static NewAiModel gpt4(UUID openAi) {
        return NewAiModel.of(openAi, "GPT-4", "gpt-4-0125-preview")
                .withDescription("GPT-4 Turbo with a long context")
                .withCapabilities(ModelCapability.STREAMING, ModelCapability.FUNCTION_CALLING)
                .withContextLength(128_000)
                .withPrices(ModelPrices.perMillion("10", "30"));
    }

    private static NewAiModel claude(UUID anthropic) {
        return NewAiModel.of(anthropic, "Claude 3 Sonnet", "claude-3-sonnet-20240229")
                .withDescription("Balanced in skill and speed")
                .withCapabilities(ModelCapability.STREAMING, ModelCapability.FUNCTION_CALLING, ModelCapability.VISION)
                .withContextLength(200_000)
                .withPrices(ModelPrices.perMillion("3", "15"));
    }

    private static ModelProvider ensure(ModelRepository models, NewModelProvider provider, DemoReconciler reconciler) {
        return reconciler.ensure(
                models.findProviderByName(provider.name()),
                present -> {
                    String what = "model provider " + provider.name();
                    reconciler.same(what, "type", present.type(), provider.type());
                    reconciler.same(what, "base URL", present.baseUrl().orElse(""), String.valueOf(provider.baseUrl()));
                    reconciler.same(what, "activity", present.active(), true);
                    reconciler.same(what, "being the default", present.isDefault(), provider.isDefault());
                },
                () -> models.createProvider(provider));
    }

    private static AiModel ensure(ModelRepository models, NewAiModel model, DemoReconciler reconciler) {
        return reconciler.ensure(
                models.findByProviderModelId(model.providerId(), model.providerModelId()),
                present -> {
                    String what = "model " + model.providerModelId();
                    reconciler.same(what, "name", present.name(), model.name());
                    reconciler.same(what, "context length", present.contextLength(), contextLength(model));
                    reconciler.same(what, "capabilities", present.capabilities(), model.capabilities());
                    reconciler.same(what, "prices", present.prices(), model.prices());
                    reconciler.same(what, "activity", present.active(), true);
                },
                () -> models.create(model));
    }

    private static OptionalInt contextLength(NewAiModel model) {
        return model.contextLength() == null ? OptionalInt.empty() : OptionalInt.of(model.contextLength());
    }
}
