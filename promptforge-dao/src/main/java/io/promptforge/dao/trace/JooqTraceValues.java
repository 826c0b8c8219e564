package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.with;
import static org.jooq.impl.DSL.withRecursive;

import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Finds the values of a field without reading all traces that have them. */
final class JooqTraceValues {
    private static final int MOST_VALUES = 100;
    private static final int MOST_NAMES = 1_000;
    private static final int TRACES_OF_PROJECT = 100;

    private static final Field<String> VALUE = field(name("value"), SQLDataType.VARCHAR);
    private static final Name WANTED = name("wanted");
    private static final Field<UUID> PROJECT = field(name("wanted", "id"), SQLDataType.UUID);
    private static final Field<Integer> NUMBER = field(name("number"), SQLDataType.INTEGER);

    private final TenantSession session;

    /** The traces of the tenant in the period. */
    private final Condition passing;

    /** Its projects, all of the tenant if it names none; materialized, so that they are sought by the tenant's id. */
    private final CommonTableExpression<?> wanted;

    private JooqTraceValues(TenantSession session, Criteria criteria) {
        this.session = session;
        this.passing = TraceList.CONDITIONS.condition(session.organizationId(), period(criteria));
        Condition projects = PROJECTS.ORGANIZATION_ID
                .eq(session.organizationId())
                .and(criteria.get(TraceFilter.PROJECT_IDS)
                        .map(ids -> TraceList.isOneOf(PROJECTS.ID, val(TraceList.arrayOf(ids))))
                        .orElse(noCondition()));
        this.wanted = WANTED.fields("id")
                .asMaterialized(select(PROJECTS.ID).from(PROJECTS).where(projects));
    }

    private static Criteria period(Criteria criteria) {
        Criteria period = Criteria.none();
        for (Criterion<Instant> bound : List.of(TraceFilter.STARTED_FROM, TraceFilter.STARTED_BEFORE)) {
            Criteria others = period;
            period = criteria.get(bound)
                    .map(moment -> others.with(bound, moment))
                    .orElse(others);
        }
        return period;
    }

    static List<String> find(TenantSession session, TraceField field, Criteria criteria) {
        JooqTraceValues values = new JooqTraceValues(session, criteria);
        Select<Record1<String>> query =
                switch (field) {
                    case ENVIRONMENT -> values.names(TRACES.ENVIRONMENT);
                    case PROVIDER_NAME -> values.names(TRACES.PROVIDER_NAME);
                    case MODEL_NAME -> values.names(TRACES.MODEL_NAME);
                    case ERROR_TYPE -> values.names(TRACES.ERROR_TYPE);
                    case TAG -> values.parts(TRACES.TAGS, condition("{0} <> '{}'", TRACES.TAGS), "unnest({0})");
                    case METADATA_KEY -> values.parts(TRACES.METADATA, noCondition(), "jsonb_object_keys({0})");
                };
        return session.run(
                dsl -> dsl.fetch(query).getValues(VALUE).stream().sorted().toList());
    }

    /** Each name is sought behind the one before; those that no project has in the period are left out. */
    private Select<Record1<String>> names(Field<String> column) {
        CommonTableExpression<?> names = name("names")
                .fields(VALUE.getName(), NUMBER.getName())
                .as(select(next(column, noCondition()), inline(1))
                        .unionAll(select(next(column, column.gt(VALUE)), NUMBER.plus(inline(1)))
                                .from(name("names"))
                                .where(VALUE.isNotNull())
                                .and(NUMBER.lt(inline(MOST_NAMES)))));
        Table<?> used = selectOne()
                .from(TRACES)
                .where(passing)
                .and(column.eq(VALUE))
                .and(TRACES.PROJECT_ID.eq(PROJECT))
                // an order that only the index has, or PostgreSQL may scan the table for the first row
                .orderBy(TRACES.OCCURRED_AT.desc())
                .limit(inline(1))
                .asTable("used");
        return withRecursive(names, wanted)
                .select(VALUE)
                .from(names)
                .where(VALUE.isNotNull())
                .and(exists(selectOne().from(WANTED).crossJoin(lateral(used))))
                .limit(inline(MOST_VALUES));
    }

    private Field<String> next(Field<String> column, Condition behind) {
        return field(select(column)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(column.isNotNull())
                .and(behind)
                .orderBy(column)
                .limit(inline(1)));
    }

    /** The parts of a column of the newest traces. */
    private Select<Record1<String>> parts(Field<?> column, Condition hasAny, String parts) {
        Table<?> newest = select(column)
                .from(TRACES)
                .where(passing)
                .and(hasAny)
                .and(TRACES.PROJECT_ID.eq(PROJECT))
                .orderBy(TRACES.OCCURRED_AT.desc())
                .limit(inline(TRACES_OF_PROJECT))
                .asTable("newest");
        Table<?> part = select(
                        field(parts, SQLDataType.VARCHAR, newest.field(column)).as(VALUE))
                .from(WANTED)
                .crossJoin(lateral(newest))
                .asTable("part");
        return with(wanted).selectDistinct(VALUE).from(part).orderBy(VALUE).limit(inline(MOST_VALUES));
    }
}
