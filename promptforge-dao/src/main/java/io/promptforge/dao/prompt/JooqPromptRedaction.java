package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.currentInstant;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Replaces the content of a version by a note. The trigger of the table does, so that nothing else can change. */
final class JooqPromptRedaction {
    private JooqPromptRedaction() {}

    static PromptVersion redact(
            TenantSession session, UUID promptId, int versionNumber, String note, @Nullable UUID redactedBy) {
        Check.present("prompt_id", promptId);
        Check.text("redaction_note", note);
        return session.transaction(tx -> {
            JooqPromptVersions.lock(tx, promptId);
            PromptVersion version = JooqPromptVersions.existing(tx, promptId, versionNumber);
            requireUser(tx, redactedBy);
            return version.redaction().isPresent() ? version : redact(tx, version.id(), note, redactedBy);
        });
    }

    private static PromptVersion redact(TenantSession tx, UUID id, String note, @Nullable UUID redactedBy) {
        return tx.run(dsl -> PromptVersionRows.VERSION.fetchSingle(dsl.update(PROMPT_VERSIONS)
                .set(PROMPT_VERSIONS.REDACTED_AT, currentInstant())
                .set(PROMPT_VERSIONS.REDACTED_BY, redactedBy)
                .set(PROMPT_VERSIONS.REDACTION_NOTE, note)
                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPT_VERSIONS.ID.eq(id))
                .returning(PromptVersionRows.VERSION.fields())));
    }

    /** No foreign key does: the record of the redaction outlives the user. */
    private static void requireUser(TenantSession tx, @Nullable UUID user) {
        if (user != null
                && !tx.run(dsl -> dsl.fetchExists(
                        USERS, USERS.ORGANIZATION_ID.eq(tx.organizationId()).and(USERS.ID.eq(user))))) {
            throw new InvalidReferenceException(
                    PROMPT_VERSIONS.REDACTED_BY.getName(),
                    "The field redacted_by refers to a user who does not exist.",
                    "Give the id of a user of this organization, or null for a service.",
                    null);
        }
    }
}
