package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICY_VERSIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import java.util.UUID;

/** The list of a policy's versions, and how its rows become records. */
final class PolicyVersionList {
    static final Criterion<UUID> POLICY_ID = new Criterion<>("policy_id");

    static final RowReader<PolicyVersion> VERSION = RowReader.of(
            Selection.of(
                    POLICY_VERSIONS.ID,
                    POLICY_VERSIONS.POLICY_ID,
                    POLICY_VERSIONS.VERSION_NUMBER,
                    POLICY_VERSIONS.TYPE,
                    POLICY_VERSIONS.RULES,
                    POLICY_VERSIONS.THRESHOLD,
                    POLICY_VERSIONS.CREATED_AT),
            PolicyVersionList::version);

    private static final Conditions CONDITIONS =
            Conditions.ofTenant(POLICY_VERSIONS.ORGANIZATION_ID).equal(POLICY_ID, POLICY_VERSIONS.POLICY_ID);

    static final SortOrder NEWEST_FIRST = SortOrder.descending(POLICY_VERSIONS.VERSION_NUMBER);

    static final ListQuery<PolicyVersion> LIST =
            new ListQuery<>("policy_versions", POLICY_VERSIONS, CONDITIONS, VERSION);

    private PolicyVersionList() {}

    private static PolicyVersion version(ResultRow row) {
        return new PolicyVersion(
                row.take(POLICY_VERSIONS.ID),
                row.take(POLICY_VERSIONS.POLICY_ID),
                row.take(POLICY_VERSIONS.VERSION_NUMBER),
                row.take(POLICY_VERSIONS.TYPE),
                row.takeJson(POLICY_VERSIONS.RULES),
                row.takeOptionalNumber(POLICY_VERSIONS.THRESHOLD),
                row.take(POLICY_VERSIONS.CREATED_AT));
    }
}
