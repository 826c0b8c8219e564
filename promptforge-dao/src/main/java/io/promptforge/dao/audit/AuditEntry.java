package io.promptforge.dao.audit;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.AuditAction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of a row, or of results, traces or spans that one statement wrote or deleted together, of which it has the number.
 *
 * @param id the id of the entry
 * @param transactionId common to the changes that were committed together
 * @param actor who changed it, as the library or the application said
 * @param databaseRole the role that the connection logged in with
 * @param action whether the row was inserted, updated or deleted
 * @param table the table, by its name in the database
 * @param rowId the id of the row; empty for results, traces or spans that one statement wrote or deleted together
 * @param before the values before, by column: of an update those that changed, of a deletion all but secrets and payloads; empty for an
 *     insert. A changed secret or payload is the text {@code (left out)}
 * @param after the values afterwards; empty for a deletion
 * @param createdAt when, by the clock of the database
 */
public record AuditEntry(
        UUID id,
        UUID transactionId,
        Actor actor,
        String databaseRole,
        AuditAction action,
        String table,
        Optional<UUID> rowId,
        Optional<Json> before,
        Optional<Json> after,
        Instant createdAt) {}
