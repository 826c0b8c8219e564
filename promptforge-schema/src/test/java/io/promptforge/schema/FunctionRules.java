package io.promptforge.schema;

import java.util.List;

/** What functions that run with their owner's rights must not allow. */
final class FunctionRules {

    static final SchemaRule NOT_FOR_PUBLIC = new SchemaRule("PUBLIC may execute no SECURITY DEFINER function", """
            SELECT proname || ' is SECURITY DEFINER, and PUBLIC may execute it' FROM pg_proc
            WHERE pronamespace = 'promptforge'::regnamespace AND prosecdef AND has_function_privilege('public', oid, 'EXECUTE')
            """);

    /** With pg_temp last, or else temporary tables of the caller come first. */
    static final SchemaRule FIXED_SEARCH_PATH =
            new SchemaRule("a SECURITY DEFINER function has a search_path of its own", """
            SELECT proname || ' is SECURITY DEFINER without SET search_path TO promptforge, pg_temp' FROM pg_proc
            WHERE pronamespace = 'promptforge'::regnamespace AND prosecdef
            AND 'search_path=promptforge, pg_temp' <> ALL (coalesce(proconfig, '{}'))
            """);

    static final List<SchemaRule> ALL = List.of(NOT_FOR_PUBLIC, FIXED_SEARCH_PATH);

    private FunctionRules() {}
}
