package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;

/** How organizations are read: rows to records, the conditions of the filter, and the order of the list. */
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

    private static final Conditions CONDITIONS =
            Conditions.ofPlatform().mentions(OrganizationFilter.TEXT, ORGANIZATIONS.NAME, ORGANIZATIONS.SLUG);

    static final SortOrder BY_NAME = SortOrder.ascending(ORGANIZATIONS.NAME);

    static final ListQuery<Organization> LIST =
            new ListQuery<>("organizations", ORGANIZATIONS, CONDITIONS, ORGANIZATION);

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
