package io.promptforge.benchmarks;

import org.jspecify.annotations.Nullable;

/** A value in the text format of {@code COPY}. */
final class CopyText {
    private CopyText() {}

    static void append(StringBuilder line, @Nullable Object value) {
        if (value == null) {
            line.append("\\N");
        } else if (value instanceof String text) {
            escape(line, text);
        } else if (value instanceof String[] texts) {
            escape(line, array(texts));
        } else {
            line.append(value);
        }
    }

    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }

    private static String array(String[] texts) {
        StringBuilder array = new StringBuilder("{");
        for (String text : texts) {
            array.append(array.length() > 1 ? "," : "")
                    .append('"')
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
    }
}
