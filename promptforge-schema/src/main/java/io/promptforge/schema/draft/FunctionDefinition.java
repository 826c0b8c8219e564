package io.promptforge.schema.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A function, as PostgreSQL renders it.
 *
 * @param signature its name with the types of its parameters
 * @param rendered {@code CREATE OR REPLACE FUNCTION …}, followed by NOT FOR PUBLIC if it runs with its owner's rights and only
 *     granted roles may execute it
 */
record FunctionDefinition(String signature, String rendered) {

    private static final String CLOSED = "NOT FOR PUBLIC";

    /** What share_with_services sets. */
    private static final Pattern SHARED_PATH =
            Pattern.compile("(?m)^ SET search_path TO '?[^',\\n]+'?, '?pg_temp'?\\n");

    private static final Pattern OWN_PATH = Pattern.compile("(?m)^ SET search_path TO '?[^',\\n]+'?$");

    List<String> create() {
        return statements("CREATE FUNCTION");
    }

    List<String> replace() {
        return statements("CREATE OR REPLACE FUNCTION");
    }

    private List<String> statements(String beginning) {
        boolean closed = rendered.endsWith(CLOSED);
        String text = rendered.substring(0, rendered.length() - (closed ? CLOSED.length() : 0))
                .strip();
        boolean shared = closed && SHARED_PATH.matcher(text).find();
        if (shared) {
            text = SHARED_PATH.matcher(text).replaceFirst("");
        }
        List<String> statements = new ArrayList<>();
        statements.add(beginning + styled(text).substring("CREATE OR REPLACE FUNCTION".length()));
        if (shared) {
            statements.add("SELECT share_with_services('" + signature + "', 'organizations')");
        } else if (closed) {
            statements.add("REVOKE EXECUTE ON FUNCTION " + signature + " FROM PUBLIC");
        }
        return statements;
    }

    private static String styled(String text) {
        String header = text.contains("\nAS $") ? text.substring(0, text.indexOf("\nAS $")) : text;
        String body = text.substring(header.length());
        String plainHeader = OWN_PATH.matcher(header)
                .replaceAll(" SET search_path FROM CURRENT")
                .replace("\n ", "\n    ");
        return plainHeader + (body.contains("$$") ? body : body.replace("$function$", "$$"));
    }
}
