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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;

/** Inserts a batch of violations, all or none, by one statement, which takes missing values from their policies. */
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
        ViolationFields fields = violation.fields();
        UUID id = Ids.next();
        ids.add(id);
        policies.add(fields.policyId);
        rows.add(Arrays.asList(
                id,
                fields.policyId,
                fields.policyVersion,
                fields.traceId,
                fields.severity,
                fields.violationType,
                fields.detectedValue,
                fields.thresholdValue,
                fields.confidence,
                fields.message,
                Columns.jsonb(fields.metadata),
                fields.detectedAt));
    }

    /** Returns the stored violations in the given order; stores none if the policy or its version does not exist for one of them. */
    List<Violation> insert(DSLContext dsl) {
        Map<Field<?>, Field<?>> values = values();
        Table<?> known = known(dsl, values).asTable("known");
        List<Violation> stored = ViolationRows.VIOLATION.fetch(dsl.insertInto(POLICY_VIOLATIONS)
                .columns(values.keySet())
                .select(select(values.keySet().stream().map(known::field).toList())
                        .from(known)
                        .where(known.field(HOW_MANY).eq(ids.size()))
                        // all writers lock traces in the order of their ids
                        .orderBy(known.field(POLICY_VIOLATIONS.TRACE_ID)))
                .returning(ViolationRows.VIOLATION.fields()));
        Map<UUID, Violation> byId = stored.stream().collect(Collectors.toMap(Violation::id, Function.identity()));
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    }

    /** The violations whose policy exists and has reached their version, each with the number of all these. */
    private Select<?> known(DSLContext dsl, Map<Field<?>, Field<?>> values) {
        List<Field<?>> columns = new ArrayList<>();
        values.forEach((column, value) -> columns.add(value.as(column)));
        return dsl.select(columns)
                .select(HOW_MANY)
                .from(rows.given())
                .join(POLICIES)
                .on(POLICIES.ORGANIZATION_ID.eq(organization))
                .and(POLICIES.ID.eq(given(POLICY_VIOLATIONS.POLICY_ID)))
                // redundant, but shows the planner how few policies there are, so that it takes the index
                .and(POLICIES.ID.eq(any(policies.toArray(UUID[]::new))))
                .and(VERSION.le(POLICIES.VERSION_NUMBER));
    }

    /** The value of each column: the given one, else that of the policy. */
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
                        // the threshold of an earlier version is not stored
                        when(VERSION.eq(POLICIES.VERSION_NUMBER), POLICIES.THRESHOLD)));
        return values;
    }
}
