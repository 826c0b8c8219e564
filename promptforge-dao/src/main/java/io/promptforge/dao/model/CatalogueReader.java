package io.promptforge.dao.model;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of a catalogue's JSON form. A member that nobody asks for is refused: it may be a price that was
 * misspelt.
 */
final class CatalogueReader {
    private final String place;
    private final Map<?, ?> members;
    private final Set<Object> unread;

    private CatalogueReader(String place, @Nullable Object value) {
        this.place = place;
        if (!(value instanceof Map<?, ?> object)) {
            throw wrong(place, "must be a JSON object");
        }
        this.members = object;
        this.unread = new HashSet<>(object.keySet());
    }

    static ModelCatalogue read(Json document) {
        CatalogueReader reader = new CatalogueReader("catalogue", document.toJava());
        reader.optionalText("about");
        ModelCatalogue catalogue = new ModelCatalogue(
                reader.day("edition"),
                reader.objects("providers").stream()
                        .map(CatalogueReader::provider)
                        .toList());
        reader.end();
        return catalogue;
    }

    private CatalogueProvider provider() {
        CatalogueProvider provider = new CatalogueProvider(
                text("key"),
                text("name"),
                word("type", ProviderType.class, text("type")),
                optionalText("description"),
                optionalText("base_url"),
                objects("models").stream().map(CatalogueReader::model).toList());
        end();
        return provider;
    }

    private CatalogueModel model() {
        CatalogueModel model = new CatalogueModel(
                text("provider_model_id"),
                text("name"),
                optionalText("description"),
                capabilities(),
                contextLength(),
                new ModelPrices(
                        number("input_price_per_million"),
                        number("output_price_per_million"),
                        number("cached_input_price_per_million")),
                flag("deprecated"));
        end();
        return model;
    }

    private Set<ModelCapability> capabilities() {
        return list("capabilities").stream()
                .map(each -> word("capabilities", ModelCapability.class, each))
                .collect(Collectors.toSet());
    }

    private OptionalInt contextLength() {
        try {
            return number("context_length").stream()
                    .mapToInt(BigDecimal::intValueExact)
                    .findFirst();
        } catch (ArithmeticException e) {
            throw wrong(at("context_length"), "must be a whole number of tokens");
        }
    }

    private String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(at(name), "is missing"));
    }

    private Optional<String> optionalText(String name) {
        return member(name, String.class, "must be a text");
    }

    private boolean flag(String name) {
        return member(name, Boolean.class, "must be true or false").orElse(false);
    }

    private Optional<BigDecimal> number(String name) {
        return member(name, Number.class, "must be a number").map(number -> new BigDecimal(number.toString()));
    }

    private LocalDate day(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeParseException e) {
            throw wrong(at(name), "must be a day such as 2025-12-01");
        }
    }

    private List<CatalogueReader> objects(String name) {
        List<CatalogueReader> objects = new ArrayList<>();
        for (Object value : list(name)) {
            objects.add(new CatalogueReader(at(name) + "[" + objects.size() + "]", value));
        }
        return objects;
    }

    private List<?> list(String name) {
        return member(name, List.class, "must be an array").orElse(List.of());
    }

    private <E extends Enum<E>> E word(String name, Class<E> words, @Nullable Object value) {
        for (E word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(value)) {
                return word;
            }
        }
        throw wrong(at(name), "is none of the known words");
    }

    private <T> Optional<T> member(String name, Class<T> type, String demand) {
        unread.remove(name);
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(at(name), demand);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private void end() {
        unread.stream().findFirst().ifPresent(name -> {
            throw wrong(place, "has an unknown member, " + name);
        });
    }

    private String at(String name) {
        return place + "." + name;
    }

    private static InvalidValueException wrong(String place, String complaint) {
        return new InvalidValueException("catalogue", place + " " + complaint + ".", null);
    }
}
