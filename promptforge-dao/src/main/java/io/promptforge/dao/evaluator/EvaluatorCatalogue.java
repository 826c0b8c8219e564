package io.promptforge.dao.evaluator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.EvaluatorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluators that {@link EvaluatorRepository#installCatalogue} installs into an organization. The {@linkplain #standard standard
 * catalogue} comes with the library; a host may create its own. Immutable and thread-safe.
 */
public final class EvaluatorCatalogue {
    private static final String RESOURCE = "/META-INF/promptforge/evaluator-catalogue.json";

    private final LocalDate edition;
    private final List<CatalogueEvaluator> evaluators;

    private EvaluatorCatalogue(LocalDate edition, List<CatalogueEvaluator> evaluators) {
        this.edition = edition;
        this.evaluators = evaluators;
    }

    /**
     * A catalogue.
     *
     * @param edition the day of its contents
     * @param evaluators the evaluators
     * @throws InvalidValueException if an argument or an element is null, or two evaluators have one name
     */
    public static EvaluatorCatalogue of(LocalDate edition, List<CatalogueEvaluator> evaluators) {
        List<CatalogueEvaluator> copy = Check.list("evaluators", evaluators);
        Set<String> names = new HashSet<>();
        copy.forEach(evaluator -> {
            if (!names.add(evaluator.name())) {
                throw new InvalidValueException(
                        "name",
                        "The catalogue has two evaluators with the name " + evaluator.name() + ".",
                        "Give each a name of its own.",
                        null);
            }
        });
        return new EvaluatorCatalogue(Check.present("edition", edition), copy);
    }

    /** The catalogue that comes with the library: common programs, judges by a language model, and the review by a person. */
    public static EvaluatorCatalogue standard() {
        return Standard.CATALOGUE;
    }

    /** The day of its contents. */
    public LocalDate edition() {
        return edition;
    }

    /** The evaluators. */
    public List<CatalogueEvaluator> evaluators() {
        return evaluators;
    }

    /** The edition and the names of the evaluators. */
    @Override
    public String toString() {
        return "EvaluatorCatalogue of " + edition + " with "
                + evaluators.stream().map(CatalogueEvaluator::name).toList();
    }

    /** Reads the catalogue at its first use. */
    private static final class Standard {
        private static final EvaluatorCatalogue CATALOGUE = read();

        private static EvaluatorCatalogue read() {
            try (InputStream resource = EvaluatorCatalogue.class.getResourceAsStream(RESOURCE)) {
                if (resource == null) {
                    throw new IllegalStateException(RESOURCE + " is missing in the jar of promptforge-dao");
                }
                Json catalogue = Json.parse(new String(resource.readAllBytes(), UTF_8));
                return catalogue(catalogue.toJava());
            } catch (IOException e) {
                throw new UncheckedIOException(RESOURCE, e);
            }
        }

        private static EvaluatorCatalogue catalogue(@Nullable Object document) {
            Map<?, ?> catalogue = document instanceof Map<?, ?> members ? members : Map.of();
            return of(
                    LocalDate.parse(text(catalogue, "edition")),
                    list(catalogue.get("evaluators")).stream()
                            .map(entry -> entry((Map<?, ?>) entry))
                            .toList());
        }

        private static CatalogueEvaluator entry(Map<?, ?> entry) {
            NewEvaluator evaluator = NewEvaluator.of(
                            text(entry, "name"), text(entry, "category"), EvaluatorKind.valueOf(text(entry, "kind")))
                    .description(text(entry, "description"))
                    .tags(list(entry.get("tags")).stream().map(String::valueOf).toList());
            NewEvaluatorVersion version = NewEvaluatorVersion.none().scale(ScoreScale.of(Json.of(entry.get("scale"))));
            return new CatalogueEvaluator(
                    evaluator,
                    version.ifPresent(document(entry, "configuration_schema"), NewEvaluatorVersion::configurationSchema)
                            .ifPresent(
                                    document(entry, "configuration_defaults"),
                                    NewEvaluatorVersion::configurationDefaults)
                            .ifPresent((String) entry.get("criteria"), NewEvaluatorVersion::criteria)
                            .ifPresent((String) entry.get("judge_model"), NewEvaluatorVersion::judgeModel)
                            .ifPresent(document(entry, "prompts"), NewEvaluatorVersion::prompts));
        }

        private static List<?> list(@Nullable Object value) {
            return value instanceof List<?> elements ? elements : List.of();
        }

        private static String text(Map<?, ?> entry, String member) {
            return String.valueOf(entry.get(member));
        }

        private static @Nullable Json document(Map<?, ?> entry, String member) {
            Object value = entry.get(member);
            return value == null ? null : Json.of(value);
        }
    }
}
