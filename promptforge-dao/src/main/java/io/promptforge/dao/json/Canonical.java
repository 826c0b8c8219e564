package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Writes the text that all equal JSON values have in common. */
final class Canonical {
    private Canonical() {}

    static void append(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            appendMembers(node, text);
        } else if (node.isArray()) {
            char separator = '[';
            for (JsonNode element : node) {
                append(element, text.append(separator));
                separator = ',';
            }
            text.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isNumber()) {
            text.append(
                    node.decimalValue().signum() == 0
                            ? "0"
                            : node.decimalValue().stripTrailingZeros().toPlainString());
        } else {
            text.append(node);
        }
    }

    private static void appendMembers(JsonNode object, StringBuilder text) {
        Map<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        char separator = '{';
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            text.append(separator).append(Json.of(member.getKey()).text()).append(':');
            append(member.getValue(), text);
            separator = ',';
        }
        text.append(members.isEmpty() ? "{}" : "}");
    }
}
