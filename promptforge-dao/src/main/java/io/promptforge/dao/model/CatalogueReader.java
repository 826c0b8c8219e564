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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an object of a catalogue's JSON document. An unknown member is refused: it may be a misspelt price. */
final class CatalogueReader {
    private static final String TEXT = "must be a text";

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
        reader.member("about", String.class, TEXT);
        ModelCatalogue catalogue = ModelCatalogue.of(
                reader.day("edition", reader.text("edition")),
                reader.objects("providers").stream()
                        .map(CatalogueReader::provider)
                        .toList());
        reader.end();
        return catalogue;
    }

    private CatalogueProvider provider() {
        CatalogueProvider provider = CatalogueProvider.of(
                        text("key"), text("name"), word("type", ProviderType.class, text("type")))
                .description(member("description", String.class, TEXT))
                .baseUrl(member("base_url", String.class, TEXT))
                .models(objects("models").stream().map(CatalogueReader::model).toList());
        end();
        return provider;
    }

    private CatalogueModel model() {
        CatalogueModel model = CatalogueModel.of(text("provider_model_id"), text("name"))
                .description(member("description", String.class, TEXT))
                .aliases(aliases())
                .capabilities(capabilities())
                .contextLength(contextLength())
                .prices(PricesReader.read(object("prices")))
                .deprecated(Boolean.TRUE.equals(member("deprecated", Boolean.class, "must be true or false")));
        CatalogueReader later = object("later_prices");
        for (String day : later.names()) {
            model = model.pricesFrom(later.day(day, day), PricesReader.read(later.object(day)));
        }
        end();
        return model;
    }

    private List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        for (Object alias : list("aliases")) {
            if (!(alias instanceof String text)) {
                throw wrong(at("aliases"), "must be texts");
            }
            aliases.add(text);
        }
        return aliases;
    }

    private Set<ModelCapability> capabilities() {
        return list("capabilities").stream()
                .map(each -> word("capabilities", ModelCapability.class, each))
                .collect(Collectors.toSet());
    }

    private @Nullable Integer contextLength() {
        BigDecimal tokens = number("context_length");
        try {
            return tokens == null ? null : tokens.intValueExact();
        } catch (ArithmeticException e) {
            throw wrong(at("context_length"), "must be a whole number of tokens");
        }
    }

    private String text(String name) {
        String text = member(name, String.class, TEXT);
        if (text == null) {
            throw wrong(at(name), "is missing");
        }
        return text;
    }

    @Nullable BigDecimal number(String name) {
        Number number = member(name, Number.class, "must be a number");
        return number == null ? null : new BigDecimal(number.toString());
    }

    private LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(at(name), "must be a day such as 2025-12-01");
        }
    }

    /** The object of this name; an empty one if there is none. */
    CatalogueReader object(String name) {
        Object value = member(name, Object.class, "");
        return new CatalogueReader(at(name), value == null ? Map.of() : value);
    }

    List<String> names() {
        return members.keySet().stream().map(String::valueOf).toList();
    }

    private List<CatalogueReader> objects(String name) {
        List<CatalogueReader> objects = new ArrayList<>();
        for (Object value : list(name)) {
            objects.add(new CatalogueReader(at(name) + "[" + objects.size() + "]", value));
        }
        return objects;
    }

    private List<?> list(String name) {
        List<?> list = member(name, List.class, "must be an array");
        return list == null ? List.of() : list;
    }

    private <E extends Enum<E>> E word(String name, Class<E> words, @Nullable Object value) {
        for (E word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(value)) {
                return word;
            }
        }
        throw wrong(at(name), "is none of the known words");
    }

    private <T> @Nullable T member(String name, Class<T> type, String demand) {
        unread.remove(name);
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(at(name), demand);
        }
        return type.cast(value);
    }

    void end() {
        unread.stream().findFirst().ifPresent(name -> {
            throw wrong(place, "has an unknown member, " + name);
        });
    }

    String at(String name) {
        return place + "." + name;
    }

    static InvalidValueException wrong(String place, String complaint) {
        return new InvalidValueException(
                "catalogue",
                place + " " + complaint + ".",
                "Correct the document; ModelCatalogue.parse shows its form.",
                null);
    }
}
