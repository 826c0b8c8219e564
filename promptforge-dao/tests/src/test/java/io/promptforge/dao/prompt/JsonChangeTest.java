package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonChangeTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void membersAreAddedRemovedAndChanged() {
        assertThat(changes("{'a':1,'b':{'c':'x','d':true},'e':[]}", "{'a':2,'b':{'d':true,'f':null},'e':[]}"))
                .containsExactly(changed("/a", "1", "2"), removed("/b/c", "\"x\""), added("/b/f", "null"));
    }

    @Test
    void equalDocumentsDifferInNothingWhateverTheOrderOfTheirMembers() {
        assertThat(changes("{'a':1,'b':[1,{'c':null}]}", "{'b':[1.0,{'c':null}],'a':1}"))
                .isEmpty();
    }

    @Test
    void arraysAreComparedElementByElement() {
        assertThat(changes("[1,2,3,4]", "[1,{'a':2}]"))
                .containsExactly(changed("/1", "2", "{\"a\":2}"), removed("/3", "4"), removed("/2", "3"));
        assertThat(changes("[]", "[1,2]")).containsExactly(added("/0", "1"), added("/1", "2"));
    }

    @Test
    void anotherKindOfValueIsAChangeAsAWhole() {
        assertThat(changes("{'a':{'b':1}}", "{'a':[1]}")).containsExactly(changed("/a", "{\"b\":1}", "[1]"));
        assertThat(changes("null", "{}")).containsExactly(changed("", "null", "{}"));
    }

    @Test
    void aNameWithSlashesAndTildesIsEscapedInThePath() {
        assertThat(changes("{}", "{'a/b~c':1,'':2}")).containsExactly(added("/", "2"), added("/a~1b~0c", "1"));
    }

    @Test
    void theChangesLeadFromAnyDocumentToAnyOther() throws JsonProcessingException {
        Random random = new Random(20261122);
        for (int round = 0; round < 2_000; round++) {
            Json before = Json.of(value(random, 3));
            Json after = Json.of(value(random, 3));
            List<JsonChange> changes = JsonChange.between(before, after);

            assertThat(apply(before, changes)).isEqualTo(after);
            assertThat(changes.isEmpty()).isEqualTo(before.equals(after));
        }
    }

    private static List<JsonChange> changes(String before, String after) {
        return JsonChange.between(Json.parse(before.replace('\'', '"')), Json.parse(after.replace('\'', '"')));
    }

    private static JsonChange changed(String path, String before, String after) {
        return new JsonChange(path, Optional.of(Json.parse(before)), Optional.of(Json.parse(after)));
    }

    private static JsonChange removed(String path, String before) {
        return new JsonChange(path, Optional.of(Json.parse(before)), Optional.empty());
    }

    private static JsonChange added(String path, String after) {
        return new JsonChange(path, Optional.empty(), Optional.of(Json.parse(after)));
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> null;
            case 1 -> random.nextInt(3);
            case 2 -> "text " + random.nextInt(3);
            case 3 -> {
                List<@Nullable Object> array = new ArrayList<>();
                random.ints(random.nextInt(4)).forEach(n -> array.add(value(random, depth - 1)));
                yield array;
            }
            default -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                random.ints(random.nextInt(4), 0, 4).forEach(n -> object.put("~/" + n, value(random, depth - 1)));
                yield object;
            }
        };
    }

    /** In a holder, so that the document as a whole may be changed like any member. */
    private static Json apply(Json document, List<JsonChange> changes) throws JsonProcessingException {
        JsonNode holder = MAPPER.readTree("{\"document\":" + document + "}");
        for (JsonChange change : changes) {
            JsonPointer place = JsonPointer.compile("/document" + change.path());
            JsonNode parent = holder.at(place.head());
            if (parent instanceof ObjectNode object) {
                applyTo(object, place.last().getMatchingProperty(), change);
            } else {
                applyTo((ArrayNode) parent, place.last().getMatchingIndex(), change);
            }
        }
        return Json.parse(holder.get("document").toString());
    }

    private static void applyTo(ObjectNode object, String name, JsonChange change) throws JsonProcessingException {
        assertThat(object.has(name)).isEqualTo(change.before().isPresent());
        if (change.after().isEmpty()) {
            object.remove(name);
        } else {
            object.set(name, MAPPER.readTree(change.after().get().text()));
        }
    }

    private static void applyTo(ArrayNode array, int index, JsonChange change) throws JsonProcessingException {
        if (change.after().isEmpty()) {
            array.remove(index);
        } else if (change.before().isEmpty()) {
            array.insert(index, MAPPER.readTree(change.after().get().text()));
        } else {
            array.set(index, MAPPER.readTree(change.after().get().text()));
        }
    }
}
