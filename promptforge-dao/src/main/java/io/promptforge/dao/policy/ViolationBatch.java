package io.promptforge.dao.policy;

import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.PolicyViolationsRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;

/** Writes a batch of violations by one statement, which looks up what their policies say: all of them or none. */
final class ViolationBatch {
    private static final List<Field<?>> GIVEN = List.of(
            POLICY_VIOLATIONS.ID,
            POLICY_VIOLATIONS.POLICY_ID,
            POLICY_VIOLATIONS.POLICY_VERSION,
            POLICY_VIOLATIONS.TRACE_ID,
            POLICY_VIOLATIONS.SEVERITY,
            POLICY_VIOLATIONS.VIOLATION_TYPE,
            POLICY_VIOLATIONS.DETECTED_VALUE,
            POLICY_VIOLATIONS.THRESHOLD_VALUE,
            POLICY_VIOLATIONS.CONFIDENCE,
            POLICY_VIOLATIONS.MESSAGE,
            POLICY_VIOLATIONS.METADATA,
            POLICY_VIOLATIONS.DETECTED_AT);

    private static final Field<Integer> VERSION =
            coalesce(given(POLICY_VIOLATIONS.POLICY_VERSION), POLICIES.VERSION_NUMBER);

    private static final Field<Integer> HOW_MANY = count().over().as("how_many");

    private final UUID organization;
    private final List<UUID> ids = new ArrayList<>();
    private final Set<UUID> policies = new TreeSet<>();
    private final RowArrays<PolicyViolationsRecord> rows = new RowArrays<>(POLICY_VIOLATIONS, GIVEN);

    ViolationBatch(UUID organization, List<NewViolation> violations) {
        this.organization = organization;
        violations.forEach(this::add);
    }

    private void add(NewViolation violation) {
        UUID id = Ids.next();
        ids.add(id);
        policies.add(violation.policyId());
        rows.add(Arrays.asList(
                id,
                violation.policyId(),
                violation.policyVersion(),
                violation.traceId(),
                violation.severity(),
                violation.violationType(),
                violation.detectedValue(),
                violation.thresholdValue(),
                violation.confidence(),
                violation.message(),
                Columns.jsonb(violation.metadata()),
                violation.detectedAt()));
    }

    /** The violations as stored, in the order given; none if any of them has no policy, or no such version of it. */
    List<Violation> insert(DSLContext dsl) {
        Map<Field<?>, Field<?>> values = values();
        Table<?> known = known(dsl, values).asTable("known");
        Map<UUID, PolicyViolationsRecord> stored = dsl.insertInto(POLICY_VIOLATIONS)
                .columns(values.keySet())
                .select(select(values.keySet().stream().map(known::field).toList())
                        .from(known)
                        .where(known.field(HOW_MANY).eq(ids.size()))
                        // one order of locking traces, for all who lock more than one
                        .orderBy(known.field(POLICY_VIOLATIONS.TRACE_ID)))
                .returning()
                .fetchMap(POLICY_VIOLATIONS.ID);
        return ids.stream()
                .map(stored::get)
                .filter(Objects::nonNull)
                .map(ViolationRows::violation)
                .toList();
    }

    /** The violations whose policy is there and has reached their version, and with each of them how many these are. */
    private Select<?> known(DSLContext dsl, Map<Field<?>, Field<?>> values) {
        List<Field<?>> columns = new ArrayList<>();
        values.forEach((column, value) -> columns.add(value.as(column)));
        return dsl.select(columns)
                .select(HOW_MANY)
                .from(rows.given())
                .join(POLICIES)
                .on(POLICIES.ORGANIZATION_ID.eq(organization))
                .and(POLICIES.ID.eq(given(POLICY_VIOLATIONS.POLICY_ID)))
                // says the same once more, so that the planner sees how few they are and takes the index
                .and(POLICIES.ID.eq(any(policies.toArray(UUID[]::new))))
                .and(VERSION.le(POLICIES.VERSION_NUMBER));
    }

    /** What is stored in each column: what was given, else what the policy says. */
    private static Map<Field<?>, Field<?>> values() {
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        GIVEN.forEach(field -> values.put(field, given(field)));
        values.put(POLICY_VIOLATIONS.ORGANIZATION_ID, POLICIES.ORGANIZATION_ID);
        values.put(POLICY_VIOLATIONS.PROJECT_ID, POLICIES.PROJECT_ID);
        values.put(POLICY_VIOLATIONS.POLICY_VERSION, VERSION);
        values.put(POLICY_VIOLATIONS.SEVERITY, coalesce(given(POLICY_VIOLATIONS.SEVERITY), POLICIES.SEVERITY));
        values.put(
                POLICY_VIOLATIONS.THRESHOLD_VALUE,
                coalesce(
                        given(POLICY_VIOLATIONS.THRESHOLD_VALUE),
                        // what the threshold of an earlier version was, nobody knows any more
                        when(VERSION.eq(POLICIES.VERSION_NUMBER), POLICIES.THRESHOLD)));
        return values;
    }
}
