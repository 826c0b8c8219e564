package io.promptforge.dao;

import io.promptforge.dao.page.Page;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a call was about, and what it did. */
final class CallEffects {

    private CallEffects() {}

    /** The tables of tenants, without partitions. */
    static List<String> tables(ClassDatabase database) {
        return database.query("""
                SELECT DISTINCT c.table_name FROM information_schema.columns c
                WHERE c.table_schema = 'promptforge' AND c.column_name = 'organization_id'
                AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = ('promptforge.' || c.table_name)::regclass)
                """);
    }

    /** Whether the arguments name something of the tenant: by its id, its name, or an id in what is to be made. */
    static boolean namesAnything(EveryCall call) {
        return Arrays.stream(call.method().getGenericParameterTypes())
                .map(Type::getTypeName)
                .anyMatch(type -> type.contains("UUID")
                        || type.equals("java.lang.String")
                        || Samples.INPUTS.stream()
                                .filter(input -> type.contains(input.getName()))
                                .anyMatch(CallEffects::namesAnything));
    }

    /** Whether what is written has a reference, or the filter is set to a project. */
    private static boolean namesAnything(Class<?> input) {
        return Filters.isFilter(input)
                ? Samples.setters(input).stream()
                        .anyMatch(setter -> setter.getName().equals("projectId"))
                : Samples.setters(input).stream().anyMatch(setter -> setter.getParameterTypes()[0] == UUID.class);
    }

    /** Empty, false, zero, or made of nothing else. */
    static boolean isNothing(@Nullable Object result) {
        if (result == null) {
            return true;
        }
        if (result instanceof Optional<?> optional) {
            return optional.isEmpty();
        }
        if (result instanceof OptionalLong optional) {
            return optional.isEmpty();
        }
        if (result instanceof Page<?> page) {
            return page.items().isEmpty();
        }
        if (result instanceof Collection<?> collection) {
            return collection.isEmpty();
        }
        if (result instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(CallEffects::isNothing);
        }
        if (result instanceof Number number) {
            return number.doubleValue() == 0;
        }
        if (result instanceof Boolean truth) {
            return !truth;
        }
        return result instanceof Record record
                && Arrays.stream(record.getClass().getRecordComponents())
                        .allMatch(component -> isNothing(valueOf(component, record)));
    }

    private static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    /** A digest of all rows of the tenant, by table. */
    static List<String> rows(ClassDatabase database, TestTenant tenant) {
        String digests = tables(database).stream()
                .map(table ->
                        "SELECT '%1$s ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM promptforge.%1$s t WHERE organization_id = '%2$s'"
                                .formatted(table, tenant.organization().id()))
                .reduce((one, other) -> one + " UNION ALL " + other)
                .orElseThrow();
        return database.query(digests);
    }
}
