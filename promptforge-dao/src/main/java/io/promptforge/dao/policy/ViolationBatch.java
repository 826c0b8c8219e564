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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;

/** Inserts a batch of violations, all or none, by one statement, which takes missing values from their policies; reads those that are
 * stored already by another. */
final class ViolationBatch {
    private static final List<Field<?>> GIVEN = List.of(
            POLICY_VIOLATIONS.ID,
            POLICY_VIOLATIONS.POLICY_ID,
            POLICY_VIOLATIONS.POLICY_VERSION,
            POLICY_VIOLATIONS.EXTERNAL_KEY,
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
    private final List<Optional<Key>> keys = new ArrayList<>();
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
        keys.add(Optional.ofNullable(fields.externalKey).map(key -> new Key(fields.policyId, key)));
        policies.add(fields.policyId);
        rows.add(Arrays.asList(
                id,
                fields.policyId,
                fields.policyVersion,
                fields.externalKey,
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

    /** What makes two violations one. */
    private record Key(UUID policyId, String externalKey) {}

    /**
     * Returns the stored violations in the given order, those with a key that is stored already as they are; stores none if the policy
     * or its version does not exist for one of them, and leaves out all that are not stored.
     */
    List<Violation> store(DSLContext dsl) {
        Map<UUID, Violation> byId = insert(dsl).stream().collect(Collectors.toMap(Violation::id, Function.identity()));
        Map<Key, Violation> byKey = byId.size() == ids.size() ? Map.of() : present(dsl);
        List<Violation> stored = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Violation own = byId.get(ids.get(i));
            Optional<Key> key = keys.get(i);
            Optional.ofNullable(own).or(() -> key.map(byKey::get)).ifPresent(stored::add);
        }
        return stored;
    }

    private Map<Key, Violation> present(DSLContext dsl) {
        String[] given =
                keys.stream().flatMap(Optional::stream).map(Key::externalKey).toArray(String[]::new);
        if (given.length == 0) {
            return Map.of();
        }
        return ViolationRows.VIOLATION
                .fetch(dsl.select(ViolationRows.VIOLATION.fields())
                        .from(POLICY_VIOLATIONS)
                        .where(POLICY_VIOLATIONS.ORGANIZATION_ID.eq(organization))
                        .and(POLICY_VIOLATIONS.POLICY_ID.eq(any(policies.toArray(UUID[]::new))))
                        .and(POLICY_VIOLATIONS.EXTERNAL_KEY.eq(any(given))))
                .stream()
                .collect(Collectors.toMap(
                        violation -> new Key(
                                violation.policyId(), violation.externalKey().orElseThrow()),
                        Function.identity()));
    }

    private List<Violation> insert(DSLContext dsl) {
        Map<Field<?>, Field<?>> values = values();
        Table<?> known = known(dsl, values).asTable("known");
        return ViolationRows.VIOLATION.fetch(dsl.insertInto(POLICY_VIOLATIONS)
                .columns(values.keySet())
                .select(select(values.keySet().stream().map(known::field).toList())
                        .from(known)
                        .where(known.field(HOW_MANY).eq(ids.size()))
                        // all writers lock traces in the order of their ids
                        .orderBy(known.field(POLICY_VIOLATIONS.TRACE_ID)))
                .onConflict(
                        POLICY_VIOLATIONS.ORGANIZATION_ID, POLICY_VIOLATIONS.POLICY_ID, POLICY_VIOLATIONS.EXTERNAL_KEY)
                .doNothing()
                .returning(ViolationRows.VIOLATION.fields()));
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
