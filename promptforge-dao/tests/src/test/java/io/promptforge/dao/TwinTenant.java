package io.promptforge.dao;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A tenant with a copy of each row of another one, under the same ids. Only conditions on the tenant tell the rows of the two apart; what is
 * not looked up by its value differs, so that a result made of rows of both is another one.
 */
final class TwinTenant {

    /** The copies have this as their descriptions and as the names of users. */
    static final String MARK = "of the twin";

    private TwinTenant() {}

    /** The id of a new twin that comes first in each index. */
    static UUID before(UUID original, ClassDatabase database) {
        return copied(original, new UUID(0, 1), database);
    }

    /** The id of a new twin that comes last in each index. */
    static UUID behind(UUID original, ClassDatabase database) {
        return copied(original, new UUID(-1, -1), database);
    }

    private static UUID copied(UUID original, UUID twin, ClassDatabase database) {
        List<String> tables = new ArrayList<>(CallEffects.tables(database));
        tables.add("organizations");
        // as a replica, without triggers and foreign keys
        database.executeAsReplica(tables.stream()
                .map(table -> copy(table, original, twin, columns(table, database)))
                .collect(joining()));
        return twin;
    }

    private static List<String> columns(String table, ClassDatabase database) {
        return database.query("""
                SELECT attname FROM pg_attribute
                WHERE attrelid = 'promptforge.%s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''""".formatted(table));
    }

    private static String copy(String table, UUID original, UUID twin, List<String> columns) {
        String tenant = table.equals("organizations") ? "id" : "organization_id";
        String values = columns.stream()
                .map(column -> column.equals(tenant) ? "'" + twin + "'" : value(table + "." + column, twin))
                .collect(joining(", "));
        return "INSERT INTO promptforge.%1$s (%2$s) SELECT %3$s FROM promptforge.%1$s WHERE %4$s = '%5$s';"
                .formatted(table, String.join(", ", columns), values, tenant, original);
    }

    private static String value(String column, UUID twin) {
        return switch (column) {
            // unique over all tenants
            case "organizations.name", "organizations.slug", "users.email", "users.sso_subject" ->
                "'" + twin.toString().substring(0, 8) + "-' || " + column;
            case "users.full_name" -> "'" + MARK + "'";
            case "model_prices.rates" -> "translate(rates::text, '12345689', '77777777')::jsonb";
            case "model_prices.valid_from" -> "valid_from + interval '1 second'";
            case "model_providers.is_default" -> "false";
            case "model_providers.name" -> "'Another ' || name";
            case "prompt_versions.messages" ->
                "regexp_replace(messages::text, '(\"text\" ?: ?\")', '\\1Another ', 'g')::json";
            case "prompt_versions.version_number" -> "CASE version_number WHEN 1 THEN 11 ELSE version_number END";
            case "prompt_deployments.prompt_version_id" ->
                "coalesce((SELECT id FROM promptforge.prompt_versions v WHERE (v.organization_id, v.prompt_id) ="
                        + " (prompt_deployments.organization_id, prompt_deployments.prompt_id)"
                        + " AND v.id <> prompt_version_id LIMIT 1), prompt_version_id)";
            case "spans.error_message" ->
                "(SELECT error_message FROM promptforge.traces t WHERE (t.organization_id, t.id) ="
                        + " (spans.organization_id, trace_id))";
            case "spans.input_tokens" -> "input_tokens + 1000";
            default -> column.endsWith(".description") ? "'" + MARK + "'" : column;
        };
    }
}
