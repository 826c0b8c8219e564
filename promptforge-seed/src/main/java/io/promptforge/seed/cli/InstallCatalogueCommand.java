package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.CatalogueResult;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.dao.model.catalogue.CatalogueFile;
import io.promptforge.dao.model.catalogue.CatalogueProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "install-catalogue",
        description = {
            "Installs providers and models with their prices into an organization, and prints what could not be expressed.",
            "What the organization edited stays as it is."
        },
        footer = {
            "  promptforge install-catalogue --organization acme",
            "  promptforge install-catalogue model_prices_and_context_window.json --organization acme --edition 2026-08-01"
        })
final class InstallCatalogueCommand extends DatabaseCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A price list of LiteLLM, genai-prices or PromptForge; its format is recognised."
                    + " Default: the catalogue that comes with the library.")
    private @Nullable Path file;

    @Option(
            names = "--organization",
            paramLabel = "SLUG",
            required = true,
            description = "The slug of the organization.")
    private String organization = "";

    @Option(
            names = "--edition",
            paramLabel = "DATE",
            description =
                    "The day of the file's contents, such as 2026-08-01: from it on, prices hold that differ from those of an"
                            + " earlier edition. Default: today (UTC). A file of PromptForge names its own.")
    private @Nullable LocalDate edition;

    @Override
    public Integer call() {
        CommandOutput out = out();
        CatalogueFile catalogue = read();
        PromptForge forge = PromptForge.create(database.dataSource(), database.settings());
        UUID id = forge.organizations()
                .findBySlug(organization)
                .orElseThrow(() -> new NotFoundException("organization", organization))
                .id();
        CatalogueResult result = forge.tenant(id).models().installCatalogue(catalogue.catalogue());
        out.line(String.format(
                Locale.ROOT,
                "Edition %s: %d of %d models are expressed exactly.",
                result.edition(),
                catalogue.exactEntries(),
                catalogue.entries()));
        out.line(describe("providers", result.providers()));
        out.line(describe("models", result.models()));
        if (!catalogue.problems().isEmpty()) {
            out.heading("Not expressed");
            catalogue.problems().forEach(problem -> out.line(describe(problem)));
        }
        result(() -> document(catalogue, result));
        return 0;
    }

    private CatalogueFile read() {
        if (file == null) {
            ModelCatalogue standard = ModelCatalogue.standard();
            int models = standard.providers().stream()
                    .mapToInt(provider -> provider.models().size())
                    .sum();
            return new CatalogueFile(standard, models, List.of());
        }
        try {
            LocalDate day = edition == null ? LocalDate.now(ZoneOffset.UTC) : edition;
            return CatalogueFile.read(Json.parse(Files.readString(file)), day);
        } catch (IOException e) {
            throw new InvalidValueException(
                    "file", "The file " + file + " cannot be read.", "Give a file in UTF-8 that exists.", e);
        }
    }

    private static Map<String, Object> document(CatalogueFile catalogue, CatalogueResult result) {
        return JsonDocument.of(
                "edition", result.edition(),
                "entries", catalogue.entries(),
                "exactEntries", catalogue.exactEntries(),
                "providers", document(result.providers()),
                "models", document(result.models()),
                "problems",
                        catalogue.problems().stream()
                                .map(problem -> JsonDocument.of(
                                        "entry", problem.entry(), "field", problem.field(), "reason", problem.reason()))
                                .toList());
    }

    private static Map<String, Object> document(CatalogueResult.Effect effect) {
        return JsonDocument.of(
                "added", effect.added().size(),
                "updated", effect.updated().size(),
                "kept", effect.kept().size());
    }

    private static String describe(String kind, CatalogueResult.Effect effect) {
        return String.format(
                Locale.ROOT,
                "%s: %d added, %d updated, %d kept as the organization has them",
                kind,
                effect.added().size(),
                effect.updated().size(),
                effect.kept().size());
    }

    private static String describe(CatalogueProblem problem) {
        return "  " + problem.entry() + ", " + problem.field() + ": " + problem.reason();
    }
}
