package io.promptforge.dao.internal.query;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What each criterion of a filter is in SQL: one constant per filter. Immutable. */
public final class Conditions {
    private static final String TENANT = "tenant";
    private static final String VALUE = "value";
    private static final char ESCAPE = '!';

    private final @Nullable Field<UUID> organizationId;
    private final Map<Criterion<?>, Rule<?>> rules;

    private Conditions(@Nullable Field<UUID> organizationId, Map<Criterion<?>, Rule<?>> rules) {
        this.organizationId = organizationId;
        this.rules = rules;
    }

    /**
     * Conditions on the rows of one tenant.
     *
     * @param organizationId the column that names the tenant
     */
    public static Conditions ofTenant(Field<UUID> organizationId) {
        return new Conditions(organizationId, Map.of());
    }

    /** Conditions on rows above the tenants. */
    public static Conditions ofPlatform() {
        return new Conditions(null, Map.of());
    }

    /** The column has the value. */
    public <T> Conditions equal(Criterion<T> criterion, Field<T> column) {
        return where(criterion, column.getDataType(), column::eq);
    }

    /** The column has the value or a greater one. */
    public <T> Conditions atLeast(Criterion<T> criterion, Field<T> column) {
        return where(criterion, column.getDataType(), column::ge);
    }

    /** The column has a smaller value. */
    public <T> Conditions lessThan(Criterion<T> criterion, Field<T> column) {
        return where(criterion, column.getDataType(), column::lt);
    }

    /**
     * The column has one of the constants; any, if there is none. They are part of the statement's text, so that PostgreSQL
     * sees which partial indexes have them.
     */
    public <E extends Enum<E>> Conditions anyOf(Criterion<List<E>> criterion, Field<E> column) {
        return inlined(
                criterion,
                choices -> choices.isEmpty()
                        ? noCondition()
                        : column.in(choices.stream()
                                .map(choice -> inline(choice, column.getDataType()))
                                .toList()));
    }

    /** Any other condition whose values are part of the statement's text: for values of which there are few. */
    public <T> Conditions inlined(Criterion<T> criterion, Function<T, Condition> condition) {
        return inlined(criterion, (tenant, value) -> condition.apply(value));
    }

    /** Like the above, with other tables: the condition is made of the bound tenant, for these tables, and the value. */
    public <T> Conditions inlined(Criterion<T> criterion, BiFunction<Field<UUID>, T, Condition> condition) {
        return with(criterion, new Inlined<>(condition));
    }

    /** One of the columns contains the text, in any letter case. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Conditions mentions(Criterion<String> criterion, Field<String>... columns) {
        List<Field<String>> mentioning = new ArrayList<>();
        for (Field<String> column : columns) {
            mentioning.add(column);
        }
        return with(
                criterion,
                new Bound<>(
                        SQLDataType.VARCHAR,
                        Conditions::containing,
                        (tenant, pattern) -> DSL.or(mentioning.stream()
                                .map(column -> column.likeIgnoreCase(pattern, ESCAPE))
                                .toList())));
    }

    /**
     * A column of another table contains the text, in any letter case.
     *
     * @param column made of the bound tenant: a subquery that finds the value in the other table
     */
    public Conditions mentions(Criterion<String> criterion, Function<Field<UUID>, Field<String>> column) {
        return with(
                criterion,
                new Bound<>(SQLDataType.VARCHAR, Conditions::containing, (tenant, pattern) -> column.apply(tenant)
                        .likeIgnoreCase(pattern, ESCAPE)));
    }

    private static String containing(String text) {
        return "%" + text.replaceAll("[!%_]", ESCAPE + "$0") + "%";
    }

    /**
     * Any other condition.
     *
     * @param type of the value as it is bound
     * @param condition makes the condition of the bound value
     */
    public <T> Conditions where(Criterion<T> criterion, DataType<T> type, Function<Field<T>, Condition> condition) {
        return where(criterion, type, (tenant, value) -> condition.apply(value));
    }

    /**
     * Any other condition, with other tables.
     *
     * @param type of the value as it is bound
     * @param condition makes the condition of the bound tenant, for the other tables, and the bound value
     */
    public <T> Conditions where(
            Criterion<T> criterion, DataType<T> type, BiFunction<Field<UUID>, Field<T>, Condition> condition) {
        return with(criterion, new Bound<T, T>(type, value -> value, condition));
    }

    /**
     * Any other condition on a value that is bound as text.
     *
     * @param text of the value
     * @param condition makes the condition of the bound text
     */
    public <T> Conditions ofText(
            Criterion<T> criterion, Function<T, String> text, Function<Field<String>, Condition> condition) {
        return with(criterion, new Bound<>(SQLDataType.VARCHAR, text, (tenant, value) -> condition.apply(value)));
    }

    private Conditions with(Criterion<?> criterion, Rule<?> rule) {
        Map<Criterion<?>, Rule<?>> more = new LinkedHashMap<>(rules);
        more.put(criterion, rule);
        return new Conditions(organizationId, more);
    }

    /** The condition on the tenant's rows as jOOQ takes it. */
    public Condition condition(UUID tenant, Criteria criteria) {
        Condition ofCriteria = ofCriteria(tenant, criteria);
        return organizationId == null ? ofCriteria : organizationId.eq(tenant).and(ofCriteria);
    }

    /** {@link #condition} without that on the tenant, for a statement that has it. */
    public Condition ofCriteria(UUID tenant, Criteria criteria) {
        Field<UUID> bound = val(tenant);
        List<Condition> conditions = new ArrayList<>();
        criteria.values()
                .forEach((criterion, value) -> conditions.add(rule(criterion).condition(bound, value)));
        return DSL.and(conditions);
    }

    /** The condition on the tenant that each list has; none above the tenants. */
    Fragment ofTenant(DSLContext dsl) {
        return organizationId == null
                ? Fragment.of(dsl, DSL.trueCondition())
                : Fragment.of(dsl, organizationId.eq(tenant()));
    }

    /** The condition of one criterion, rendered. */
    Fragment fragment(DSLContext dsl, Criterion<?> criterion, Object value) {
        return Fragment.of(dsl, rule(criterion).rendered(tenant(), value));
    }

    /** What tells the fragments of one criterion apart: nothing, if the value is bound; else the value. */
    List<Object> key(Criterion<?> criterion, Object value) {
        return rule(criterion).isBound() ? List.of(criterion) : List.of(criterion, value);
    }

    /** The values of a fragment's parameters, in their order, as JDBC takes them. */
    void bind(
            Fragment fragment,
            @Nullable UUID tenant,
            Criterion<?> criterion,
            Object value,
            List<@Nullable Object> values) {
        for (String parameter : fragment.parameters()) {
            values.add(parameter.equals(TENANT) ? tenant : rule(criterion).bound(value));
        }
    }

    /** The tenant as a parameter of fragments. */
    static Field<UUID> tenant() {
        return Fragment.parameter(TENANT, SQLDataType.UUID);
    }

    @SuppressWarnings("unchecked")
    private Rule<Object> rule(Criterion<?> criterion) {
        Rule<?> rule = rules.get(criterion);
        if (rule == null) {
            throw new IllegalStateException("there is no condition for " + criterion);
        }
        return (Rule<Object>) rule;
    }

    private sealed interface Rule<T> {
        boolean isBound();

        Condition condition(Field<UUID> tenant, T value);

        Condition rendered(Field<UUID> tenant, T value);

        @Nullable Object bound(T value);
    }

    private record Bound<T, S>(
            DataType<S> type, Function<T, S> conversion, BiFunction<Field<UUID>, Field<S>, Condition> sql)
            implements Rule<T> {
        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public Condition condition(Field<UUID> tenant, T value) {
            return sql.apply(tenant, val(conversion.apply(value), type));
        }

        @Override
        public Condition rendered(Field<UUID> tenant, T value) {
            return sql.apply(tenant, Fragment.parameter(VALUE, type));
        }

        @Override
        public @Nullable Object bound(T value) {
            return Fragment.bound(type, conversion.apply(value));
        }
    }

    private record Inlined<T>(BiFunction<Field<UUID>, T, Condition> sql) implements Rule<T> {
        @Override
        public boolean isBound() {
            return false;
        }

        @Override
        public Condition condition(Field<UUID> tenant, T value) {
            return sql.apply(tenant, value);
        }

        @Override
        public Condition rendered(Field<UUID> tenant, T value) {
            return sql.apply(tenant, value);
        }

        @Override
        public @Nullable Object bound(T value) {
            return null;
        }
    }
}
