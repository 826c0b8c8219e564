package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/** Which version of a prompt is and was live where. All that changes it holds the prompt's lock. */
final class JooqPromptDeployments {
    private final TenantSession session;

    JooqPromptDeployments(TenantSession session) {
        this.session = session;
    }

    Rollout deploy(UUID promptId, int versionNumber, String environment, @Nullable UUID deployedBy) {
        Check.present("prompt_id", promptId);
        Check.text("environment", environment);
        return session.transaction(tx -> {
            JooqPromptVersions.lock(tx, promptId);
            PromptVersion version = JooqPromptVersions.existing(tx, promptId, versionNumber);
            Optional<PromptDeployment> last = last(tx, promptId, environment);
            Optional<PromptDeployment> live = last.filter(PromptDeployment::isLive);
            if (live.isPresent() && live.get().versionNumber() == versionNumber) {
                return new Rollout(live.get(), false);
            }
            Instant now = after(last);
            live.ifPresent(replaced -> replace(tx, replaced, now, deployedBy));
            return new Rollout(insert(tx, version, environment, deployedBy, now), true);
        });
    }

    Optional<PromptDeployment> withdraw(UUID promptId, String environment, @Nullable UUID endedBy) {
        Check.present("prompt_id", promptId);
        Check.text("environment", environment);
        return session.transaction(tx -> {
            JooqPromptVersions.lock(tx, promptId);
            Optional<PromptDeployment> live = last(tx, promptId, environment).filter(PromptDeployment::isLive);
            return live.map(ended -> end(tx, ended, after(live), endedBy));
        });
    }

    Page<PromptDeployment> live(UUID promptId, PageRequest page) {
        Check.present("prompt_id", promptId);
        Check.present("page", page);
        Keyset byEnvironment = Keyset.ascending(
                List.of("live_deployments", session.organizationId(), promptId), PROMPT_DEPLOYMENTS.ENVIRONMENT);
        return session.run(dsl -> byEnvironment.fetch(
                dsl,
                deployments(dsl, session, promptId).and(PROMPT_DEPLOYMENTS.ENDED_AT.isNull()),
                page,
                PromptRows::deployment));
    }

    Page<PromptDeployment> history(UUID promptId, PageRequest page) {
        return history(promptId, Optional.empty(), page);
    }

    Page<PromptDeployment> history(UUID promptId, String environment, PageRequest page) {
        return history(promptId, Optional.of(Check.text("environment", environment)), page);
    }

    private Page<PromptDeployment> history(UUID promptId, Optional<String> environment, PageRequest page) {
        Check.present("prompt_id", promptId);
        Check.present("page", page);
        Keyset latestFirst = Keyset.descending(
                List.of("deployment_history", session.organizationId(), promptId, environment),
                PROMPT_DEPLOYMENTS.DEPLOYED_AT,
                PROMPT_DEPLOYMENTS.ID);
        Condition there = environment.map(PROMPT_DEPLOYMENTS.ENVIRONMENT::eq).orElse(noCondition());
        return session.run(dsl ->
                latestFirst.fetch(dsl, deployments(dsl, session, promptId).and(there), page, PromptRows::deployment));
    }

    /** The live one; if there is none, the one that ended last. */
    private static Optional<PromptDeployment> last(TenantSession tx, UUID promptId, String environment) {
        return tx.run(dsl -> deployments(dsl, tx, promptId)
                .and(PROMPT_DEPLOYMENTS.ENVIRONMENT.eq(environment))
                .orderBy(PROMPT_DEPLOYMENTS.ENDED_AT.desc().nullsFirst())
                .limit(1)
                .fetchOptional(PromptRows::deployment));
    }

    private static SelectConditionStep<Record> deployments(DSLContext dsl, TenantSession session, UUID promptId) {
        return dsl.select(PROMPT_DEPLOYMENTS.fields())
                .select(PROMPT_VERSIONS.VERSION_NUMBER)
                .from(PROMPT_DEPLOYMENTS)
                .join(PROMPT_VERSIONS)
                .on(PROMPT_VERSIONS.ORGANIZATION_ID.eq(PROMPT_DEPLOYMENTS.ORGANIZATION_ID))
                .and(PROMPT_VERSIONS.ID.eq(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID))
                .where(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(PROMPT_DEPLOYMENTS.PROMPT_ID.eq(promptId));
    }

    /**
     * Now; but where another machine's clock is ahead of this one's, the first moment that still follows what happened
     * before, so that the history has neither overlaps nor two deployments of one moment.
     */
    private static Instant after(Optional<PromptDeployment> last) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return last.map(before -> before.endedAt().orElse(before.deployedAt().plus(1, ChronoUnit.MICROS)))
                .filter(now::isBefore)
                .orElse(now);
    }

    private static void replace(TenantSession tx, PromptDeployment live, Instant now, @Nullable UUID deployedBy) {
        try {
            end(tx, live, now, deployedBy);
        } catch (InvalidReferenceException e) {
            // one user, who is in two fields: the caller knows only this one
            throw new InvalidReferenceException(
                    "deployed_by", "The field deployed_by refers to something that is not there.", e.getCause());
        }
    }

    private static PromptDeployment end(TenantSession tx, PromptDeployment live, Instant now, @Nullable UUID endedBy) {
        return tx.run(dsl -> dsl.update(PROMPT_DEPLOYMENTS)
                .set(PROMPT_DEPLOYMENTS.ENDED_AT, now)
                .set(PROMPT_DEPLOYMENTS.ENDED_BY, endedBy)
                .where(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPT_DEPLOYMENTS.ID.eq(live.id()))
                .returning()
                .fetchSingle(row -> PromptRows.deployment(row, live.versionNumber())));
    }

    private static PromptDeployment insert(
            TenantSession tx, PromptVersion version, String environment, @Nullable UUID deployedBy, Instant now) {
        return tx.run(dsl -> dsl.insertInto(PROMPT_DEPLOYMENTS)
                .set(PROMPT_DEPLOYMENTS.ORGANIZATION_ID, tx.organizationId())
                .set(PROMPT_DEPLOYMENTS.ID, Ids.next())
                .set(PROMPT_DEPLOYMENTS.PROMPT_ID, version.promptId())
                .set(PROMPT_DEPLOYMENTS.PROMPT_VERSION_ID, version.id())
                .set(PROMPT_DEPLOYMENTS.ENVIRONMENT, environment)
                .set(PROMPT_DEPLOYMENTS.DEPLOYED_BY, deployedBy)
                .set(PROMPT_DEPLOYMENTS.DEPLOYED_AT, now)
                .returning()
                .fetchSingle(row -> PromptRows.deployment(row, version.versionNumber())));
    }
}
