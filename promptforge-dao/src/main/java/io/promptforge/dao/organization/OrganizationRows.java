package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to organizations. */
final class OrganizationRows {
    static final RowReader<Organization> ORGANIZATION = RowReader.of(
            Selection.of(
                    ORGANIZATIONS.ID,
                    ORGANIZATIONS.NAME,
                    ORGANIZATIONS.SLUG,
                    ORGANIZATIONS.DESCRIPTION,
                    ORGANIZATIONS.SETTINGS,
                    ORGANIZATIONS.TRACE_RETENTION_DAYS,
                    ORGANIZATIONS.CREATED_AT,
                    ORGANIZATIONS.UPDATED_AT),
            OrganizationRows::organization);

    private OrganizationRows() {}

    private static Organization organization(ResultRow row) {
        return new Organization(
                row.take(ORGANIZATIONS.ID),
                row.take(ORGANIZATIONS.NAME),
                row.take(ORGANIZATIONS.SLUG),
                row.takeOptional(ORGANIZATIONS.DESCRIPTION),
                row.takeJson(ORGANIZATIONS.SETTINGS),
                row.takeOptionalInt(ORGANIZATIONS.TRACE_RETENTION_DAYS),
                row.take(ORGANIZATIONS.CREATED_AT),
                row.take(ORGANIZATIONS.UPDATED_AT));
    }
}
