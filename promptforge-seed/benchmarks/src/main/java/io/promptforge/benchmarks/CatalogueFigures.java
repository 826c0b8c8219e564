package io.promptforge.benchmarks;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.dao.model.catalogue.CatalogueFile;
import io.promptforge.dao.organization.NewOrganization;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The installation of a catalogue for several organizations, one after the other: the first of them in a JVM that has not done it yet.
 *
 * @param forge the database
 */
record CatalogueFigures(PromptForge forge) {
    private static final int ORGANIZATIONS = 4;
    private static final int PROVIDERS = 30;

    /** A table of seconds. */
    String table(int models) {
        ModelCatalogue first = catalogue(models, "0.0000025", LocalDate.of(2026, 1, 1));
        ModelCatalogue newer = catalogue(models, "0.0000035", LocalDate.of(2026, 7, 1));
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "Seconds for " + Markdown.number(models) + " models",
                "first edition",
                "the same again",
                "one with all prices changed"));
        for (int i = 1; i <= ORGANIZATIONS; i++) {
            UUID id = forge.organizations()
                    .create(NewOrganization.of("Catalogue " + i, "catalogue-" + i))
                    .id();
            Tenant tenant = forge.tenant(id);
            lines.add(List.of(
                    "organization " + i, install(tenant, first), install(tenant, first), install(tenant, newer)));
        }
        return Markdown.table(lines);
    }

    private static String install(Tenant tenant, ModelCatalogue catalogue) {
        long start = System.nanoTime();
        tenant.models().installCatalogue(catalogue);
        return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - start) / 1e9);
    }

    /** In the form of LiteLLM's list. */
    private static ModelCatalogue catalogue(int models, String price, LocalDate edition) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < models; i++) {
            entries.put(
                    "provider" + i % PROVIDERS + "/model-" + i,
                    Map.of(
                            "litellm_provider",
                            "provider" + i % PROVIDERS,
                            "mode",
                            "chat",
                            "max_tokens",
                            8_192,
                            "input_cost_per_token",
                            new BigDecimal(price),
                            "output_cost_per_token",
                            new BigDecimal("0.00001"),
                            "cache_read_input_token_cost",
                            new BigDecimal("0.00000025")));
        }
        CatalogueFile file = CatalogueFile.read(Json.of(entries), edition);
        if (!file.problems().isEmpty()) {
            throw new IllegalStateException(file.problems().get(0).toString());
        }
        return file.catalogue();
    }
}
