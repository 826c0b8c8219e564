package io.promptforge.schema;

import java.util.List;

/** Rules for functions that run with their owner's rights. */
final class FunctionRules {

    static final SchemaRule NOT_FOR_PUBLIC = new SchemaRule("PUBLIC may execute no SECURITY DEFINER function", """
            SELECT proname || ' is SECURITY DEFINER, and PUBLIC may execute it' FROM pg_proc
            WHERE pronamespace = 'promptforge'::regnamespace AND prosecdef AND has_function_privilege('public', oid, 'EXECUTE')
            """);

    /** With pg_temp last; otherwise temporary tables of the caller are found first. */
    static final SchemaRule FIXED_SEARCH_PATH =
            new SchemaRule("a SECURITY DEFINER function has a search_path of its own", """
            SELECT proname || ' is SECURITY DEFINER without SET search_path TO promptforge, pg_temp' FROM pg_proc
            WHERE pronamespace = 'promptforge'::regnamespace AND prosecdef
            AND 'search_path=promptforge, pg_temp' <> ALL (coalesce(proconfig, '{}'))
            """);

    /** A STABLE one reads with the snapshot of its caller, to which a table is empty that was rewritten while the caller waited for it. */
    static final SchemaRule CURRENT_SNAPSHOT = new SchemaRule("a SECURITY DEFINER function is VOLATILE", """
            SELECT proname || ' is SECURITY DEFINER, and STABLE or IMMUTABLE' FROM pg_proc
            WHERE pronamespace = 'promptforge'::regnamespace AND prosecdef AND provolatile <> 'v'
            """);

    static final List<SchemaRule> ALL = List.of(NOT_FOR_PUBLIC, FIXED_SEARCH_PATH, CURRENT_SNAPSHOT);

    private FunctionRules() {}
}
