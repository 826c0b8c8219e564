package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to policies. */
final class PolicyRows {
    static final RowReader<Policy> POLICY = RowReader.of(
            Selection.of(
                    POLICIES.ID,
                    POLICIES.PROJECT_ID,
                    POLICIES.NAME,
                    POLICIES.DESCRIPTION,
                    POLICIES.TYPE,
                    POLICIES.RULES,
                    POLICIES.THRESHOLD,
                    POLICIES.SEVERITY,
                    POLICIES.ACTION,
                    POLICIES.ACTIVE,
                    POLICIES.ENFORCED,
                    POLICIES.VERSION_NUMBER,
                    POLICIES.CREATED_BY,
                    POLICIES.CREATED_AT,
                    POLICIES.UPDATED_AT),
            PolicyRows::policy);

    private PolicyRows() {}

    private static Policy policy(ResultRow row) {
        return new Policy(
                row.take(POLICIES.ID),
                row.take(POLICIES.PROJECT_ID),
                row.take(POLICIES.NAME),
                row.takeOptional(POLICIES.DESCRIPTION),
                row.take(POLICIES.TYPE),
                row.takeJson(POLICIES.RULES),
                row.takeOptionalNumber(POLICIES.THRESHOLD),
                row.take(POLICIES.SEVERITY),
                row.take(POLICIES.ACTION),
                row.take(POLICIES.ACTIVE),
                row.take(POLICIES.ENFORCED),
                row.take(POLICIES.VERSION_NUMBER),
                row.takeOptional(POLICIES.CREATED_BY),
                row.take(POLICIES.CREATED_AT),
                row.take(POLICIES.UPDATED_AT));
    }
}
