package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;

/** Maps rows to violations. */
final class ViolationRows {
    static final RowReader<Violation> VIOLATION = RowReader.of(
            Selection.of(
                    POLICY_VIOLATIONS.ID,
                    POLICY_VIOLATIONS.PROJECT_ID,
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
                    POLICY_VIOLATIONS.STATUS,
                    POLICY_VIOLATIONS.DETECTED_AT,
                    POLICY_VIOLATIONS.ACKNOWLEDGED_BY,
                    POLICY_VIOLATIONS.ACKNOWLEDGED_AT,
                    POLICY_VIOLATIONS.RESOLVED_BY,
                    POLICY_VIOLATIONS.RESOLVED_AT,
                    POLICY_VIOLATIONS.RESOLUTION_NOTES,
                    POLICY_VIOLATIONS.REOPENED_BY,
                    POLICY_VIOLATIONS.REOPENED_AT,
                    POLICY_VIOLATIONS.CREATED_AT,
                    POLICY_VIOLATIONS.UPDATED_AT),
            ViolationRows::violation);

    private ViolationRows() {}

    private static Violation violation(ResultRow row) {
        return new Violation(
                row.take(POLICY_VIOLATIONS.ID),
                row.take(POLICY_VIOLATIONS.PROJECT_ID),
                row.take(POLICY_VIOLATIONS.POLICY_ID),
                row.take(POLICY_VIOLATIONS.POLICY_VERSION),
                row.takeOptional(POLICY_VIOLATIONS.EXTERNAL_KEY),
                row.takeOptional(POLICY_VIOLATIONS.TRACE_ID),
                row.take(POLICY_VIOLATIONS.SEVERITY),
                row.take(POLICY_VIOLATIONS.VIOLATION_TYPE),
                row.takeOptionalNumber(POLICY_VIOLATIONS.DETECTED_VALUE),
                row.takeOptionalNumber(POLICY_VIOLATIONS.THRESHOLD_VALUE),
                row.takeOptionalNumber(POLICY_VIOLATIONS.CONFIDENCE),
                row.take(POLICY_VIOLATIONS.MESSAGE),
                row.takeJson(POLICY_VIOLATIONS.METADATA),
                row.take(POLICY_VIOLATIONS.STATUS),
                row.take(POLICY_VIOLATIONS.DETECTED_AT),
                handling(row, POLICY_VIOLATIONS.ACKNOWLEDGED_BY, POLICY_VIOLATIONS.ACKNOWLEDGED_AT),
                handling(row, POLICY_VIOLATIONS.RESOLVED_BY, POLICY_VIOLATIONS.RESOLVED_AT),
                row.takeOptional(POLICY_VIOLATIONS.RESOLUTION_NOTES),
                handling(row, POLICY_VIOLATIONS.REOPENED_BY, POLICY_VIOLATIONS.REOPENED_AT),
                row.take(POLICY_VIOLATIONS.CREATED_AT),
                row.take(POLICY_VIOLATIONS.UPDATED_AT));
    }

    /** The database has either both or none. */
    private static Optional<Handling> handling(ResultRow row, Field<UUID> by, Field<Instant> at) {
        Optional<UUID> user = row.takeOptional(by);
        Optional<Instant> moment = row.takeOptional(at);
        return user.flatMap(who -> moment.map(when -> new Handling(who, when)));
    }
}
