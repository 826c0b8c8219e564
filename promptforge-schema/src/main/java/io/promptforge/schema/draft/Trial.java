package io.promptforge.schema.draft;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does the steps in a schema, in the given order as far as that works. A step that is refused is tried again after the others, because
 * it may need what they make; so the order need not be known, also where PostgreSQL does not record what depends on what, as in the
 * text of a function.
 */
final class Trial {

    /**
     * @param done the steps, in the order in which they worked
     * @param refused those that never worked, with the message of the database
     */
    record Outcome(List<Change> done, Map<Change, String> refused) {}

    private final Connection connection;

    Trial(Connection connection) {
        this.connection = connection;
    }

    Outcome run(List<Change> changes) throws SQLException {
        List<Change> done = new ArrayList<>();
        List<Change> pending = new ArrayList<>(changes);
        Map<Change, String> refused = new LinkedHashMap<>();
        boolean advanced = true;
        while (advanced && !pending.isEmpty()) {
            refused.clear();
            for (Change change : pending) {
                Optional<String> refusal = refusal(change);
                refusal.ifPresentOrElse(message -> refused.put(change, message), () -> done.add(change));
            }
            advanced = refused.size() < pending.size();
            pending = new ArrayList<>(refused.keySet());
            if (!advanced) {
                advanced = replaceFirstByAlternative(pending);
            }
        }
        return new Outcome(done, refused);
    }

    private static boolean replaceFirstByAlternative(List<Change> pending) {
        for (int i = 0; i < pending.size(); i++) {
            List<Change> alternative = pending.get(i).alternative();
            if (!alternative.isEmpty()) {
                pending.remove(i);
                pending.addAll(i, alternative);
                return true;
            }
        }
        return false;
    }

    /** Empty if it worked. */
    private Optional<String> refusal(Change change) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            for (String sql : change.statements()) {
                statement.execute(sql);
            }
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (SQLException refused) {
            connection.rollback(before);
            return Optional.of(
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
