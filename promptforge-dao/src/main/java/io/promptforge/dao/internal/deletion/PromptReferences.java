package io.promptforge.dao.internal.deletion;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.internal.session.TenantSession;
import java.util.UUID;
import org.jooq.Condition;

/** References to prompts in rows that outlive them. */
public final class PromptReferences {
    private PromptReferences() {}

    /**
     * Clears the references of evaluations, results and traces to prompts that are about to be deleted in this transaction.
     *
     * @param which a condition on the prompts of the tenant
     */
    public static void clear(TenantSession tx, Condition which) {
        UUID organization = tx.organizationId();
        tx.run(dsl -> {
            // locked, so that no other transaction adds a reference
            UUID[] prompts = dsl.select(PROMPTS.ID)
                    .from(PROMPTS)
                    .where(PROMPTS.ORGANIZATION_ID.eq(organization))
                    .and(which)
                    .forUpdate()
                    .fetchArray(PROMPTS.ID);
            // traces and results refer to a version without its prompt
            UUID[] versions = dsl.select(PROMPT_VERSIONS.ID)
                    .from(PROMPT_VERSIONS)
                    .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(organization))
                    .and(PROMPT_VERSIONS.PROMPT_ID.eq(any(prompts)))
                    .orderBy(PROMPT_VERSIONS.ID)
                    .forUpdate()
                    .fetchArray(PROMPT_VERSIONS.ID);
            dsl.update(EVALUATIONS)
                    .setNull(EVALUATIONS.PROMPT_ID)
                    .setNull(EVALUATIONS.PROMPT_VERSION_ID)
                    .where(EVALUATIONS.ORGANIZATION_ID.eq(organization))
                    .and(EVALUATIONS.PROMPT_ID.eq(any(prompts)))
                    .execute();
            dsl.update(EVALUATION_RESULTS)
                    .setNull(EVALUATION_RESULTS.PROMPT_VERSION_ID)
                    .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(organization))
                    .and(EVALUATION_RESULTS.PROMPT_VERSION_ID.eq(any(versions)))
                    .execute();
            return dsl.update(TRACES)
                    .setNull(TRACES.PROMPT_VERSION_ID)
                    .where(TRACES.ORGANIZATION_ID.eq(organization))
                    .and(TRACES.PROMPT_VERSION_ID.eq(any(versions)))
                    .execute();
        });
    }
}
