package io.promptforge.dao.template;

/** String literals of Python. */
final class PythonStrings {
    private PythonStrings() {}

    /** The text of a literal in quotes. An escape that is not one of the common ones stands for itself. */
    static String unquoted(String literal) {
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (i < literal.length() - 1) {
            char c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                i++;
                continue;
            }
            char escaped = literal.charAt(i + 1);
            int place = "nrtbf\\'\"".indexOf(escaped);
            boolean isUnicode = escaped == 'u'
                    && literal.substring(i + 2, Math.min(i + 6, literal.length()))
                            .matches("[0-9a-fA-F]{4}");
            if (isUnicode) {
                text.append((char) Integer.parseInt(literal.substring(i + 2, i + 6), 16));
            } else if (place >= 0) {
                text.append("\n\r\t\b\f\\'\"".charAt(place));
            } else if (escaped != '\n') {
                text.append('\\').append(escaped);
            }
            i += isUnicode ? 6 : 2;
        }
        return text.toString();
    }
}
