package io.promptforge.seed.testkit;

/**
 * Something in the database that keeps the rows of tenants apart.
 *
 * @param kind what it is
 * @param table the table that has it, without the schema
 * @param name the name of the policy or of the foreign key; for the others that of the table
 * @param breaking the statement that takes it away
 * @param mending the statement that restores it
 */
public record TenantWall(Kind kind, String table, String name, String breaking, String mending) {

    /** What keeps rows apart. */
    public enum Kind {
        /** Row-level security of a table; broken, roles with rights on the table see all rows. */
        ROW_SECURITY,

        /** That row-level security holds for the owner of the table too; broken, the owner sees all rows. */
        FORCED_ROW_SECURITY,

        /** The condition of a policy; broken, it is true for each row. */
        POLICY,

        /** A foreign key that begins with organization_id and has another column; broken, rows may refer to any id. */
        FOREIGN_KEY
    }

    /** Returns the statement that breaks it. */
    @Override
    public String toString() {
        return breaking;
    }
}
