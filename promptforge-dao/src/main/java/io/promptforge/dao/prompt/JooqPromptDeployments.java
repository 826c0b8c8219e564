package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_DEPLOYMENTS;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which version of a prompt is and was live where. Every change holds the prompt's lock. */
final class JooqPromptDeployments {
    private static final ListInsert<?, UUID> LIST =
            new ListInsert<>(PROMPT_DEPLOYMENTS, PromptDeploymentRows.ID, UnaryOperator.identity());

    private final TenantSession session;

    JooqPromptDeployments(TenantSession session) {
        this.session = session;
    }

    Rollout deploy(UUID promptId, int versionNumber, String environment, @Nullable UUID deployedBy) {
        Check.present("prompt_id", promptId);
        Check.text("environment", environment);
        return session.transaction(tx -> {
            JooqPromptVersions.lock(tx, promptId);
            PromptVersion version = JooqPromptVersions.withContent(tx, promptId, versionNumber);
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

    List<Rollout> deploy(UUID promptId, int versionNumber, List<String> environments, @Nullable UUID deployedBy) {
        Check.present("prompt_id", promptId);
        List<String> given = Check.list("environments", environments);
        ListInsert.each("environments", given, environment -> Check.text("environment", environment));
        return ListInsert.store(session, "environments", given, (tx, some) -> {
            JooqPromptVersions.lock(tx, promptId);
            PromptVersion version = JooqPromptVersions.withContent(tx, promptId, versionNumber);
            return deploy(tx, version, some, deployedBy);
        });
    }

    private static List<Rollout> deploy(
            TenantSession tx, PromptVersion version, List<String> environments, @Nullable UUID deployedBy) {
        Map<String, PromptDeployment> last = last(tx, version.promptId(), environments);
        Instant now = Stream.concat(
                        Stream.of(after(Optional.empty())),
                        last.values().stream().map(before -> after(Optional.of(before))))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<ColumnValues> rows = new ArrayList<>();
        List<Rollout> rollouts = new ArrayList<>();
        for (String environment : environments) {
            Optional<PromptDeployment> live =
                    Optional.ofNullable(last.get(environment)).filter(PromptDeployment::isLive);
            if (live.isPresent() && live.get().versionNumber() == version.versionNumber()) {
                rollouts.add(new Rollout(live.get(), false));
                continue;
            }
            live.ifPresent(replaced -> replace(tx, replaced, now, deployedBy));
            PromptDeployment added = deployment(version, environment, deployedBy, now);
            last.put(environment, added);
            rows.add(row(added));
            rollouts.add(new Rollout(added, true));
        }
        LIST.insert(tx, rows);
        return rollouts;
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
        return PromptDeploymentList.LIST.page(session, of(promptId), PromptDeploymentList.LIVE_BY_ENVIRONMENT, page);
    }

    Page<PromptDeployment> history(UUID promptId, PageRequest page) {
        return history(of(promptId), page);
    }

    Page<PromptDeployment> history(UUID promptId, String environment, PageRequest page) {
        return history(
                of(promptId).with(PromptDeploymentList.ENVIRONMENT, Check.text("environment", environment)), page);
    }

    private Page<PromptDeployment> history(Criteria criteria, PageRequest page) {
        return PromptDeploymentList.LIST.page(session, criteria, PromptDeploymentList.LATEST_FIRST, page);
    }

    private static Criteria of(UUID promptId) {
        return Criteria.none().with(PromptDeploymentList.PROMPT_ID, Check.present("prompt_id", promptId));
    }

    /** The live deployment; if none is live, the one that ended last. */
    private static Optional<PromptDeployment> last(TenantSession tx, UUID promptId, String environment) {
        return tx.run(dsl ->
                PromptDeploymentRows.DEPLOYMENT.fetchOptional(dsl.select(PromptDeploymentRows.DEPLOYMENT.fields())
                        .from(PromptDeploymentRows.TABLE)
                        .where(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(PROMPT_DEPLOYMENTS.PROMPT_ID.eq(promptId))
                        .and(PROMPT_DEPLOYMENTS.ENVIRONMENT.eq(environment))
                        .orderBy(PROMPT_DEPLOYMENTS.ENDED_AT.desc().nullsFirst())
                        .limit(1)));
    }

    /** The live deployment of each environment, or the one that ended last, in one statement. */
    private static Map<String, PromptDeployment> last(TenantSession tx, UUID promptId, List<String> environments) {
        return tx
                .run(dsl -> PromptDeploymentRows.DEPLOYMENT.fetch(dsl.select(PromptDeploymentRows.DEPLOYMENT.fields())
                        .distinctOn(PROMPT_DEPLOYMENTS.ENVIRONMENT)
                        .from(PromptDeploymentRows.TABLE)
                        .where(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(PROMPT_DEPLOYMENTS.PROMPT_ID.eq(promptId))
                        .and(PROMPT_DEPLOYMENTS.ENVIRONMENT.eq(any(environments.toArray(String[]::new))))
                        .orderBy(
                                PROMPT_DEPLOYMENTS.ENVIRONMENT,
                                PROMPT_DEPLOYMENTS.ENDED_AT.desc().nullsFirst())))
                .stream()
                .collect(Collectors.toMap(PromptDeployment::environment, Function.identity()));
    }

    /**
     * Now; or, where another machine's clock is ahead of this one's, the first moment after the last deployment, so that the
     * history has neither overlaps nor two deployments of one moment.
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
            // the user stands in ended_by of one row and deployed_by of the other: the caller knows only the latter
            throw new InvalidReferenceException(
                    "deployed_by",
                    "The field deployed_by refers to a user who does not exist.",
                    "Give the id of a user of this organization, or null for a service.",
                    e.getCause());
        }
    }

    private static PromptDeployment end(TenantSession tx, PromptDeployment live, Instant now, @Nullable UUID endedBy) {
        tx.run(dsl -> dsl.update(PROMPT_DEPLOYMENTS)
                .set(PROMPT_DEPLOYMENTS.ENDED_AT, now)
                .set(PROMPT_DEPLOYMENTS.ENDED_BY, endedBy)
                .where(PROMPT_DEPLOYMENTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPT_DEPLOYMENTS.ID.eq(live.id()))
                .execute());
        return new PromptDeployment(
                live.id(),
                live.promptId(),
                live.promptVersionId(),
                live.versionNumber(),
                live.environment(),
                live.deployedBy(),
                live.deployedAt(),
                Optional.ofNullable(endedBy),
                Optional.of(now));
    }

    private static PromptDeployment insert(
            TenantSession tx, PromptVersion version, String environment, @Nullable UUID deployedBy, Instant now) {
        PromptDeployment added = deployment(version, environment, deployedBy, now);
        tx.run(dsl -> dsl.insertInto(PROMPT_DEPLOYMENTS)
                .set(PROMPT_DEPLOYMENTS.ORGANIZATION_ID, tx.organizationId())
                .set(row(added).of(PROMPT_DEPLOYMENTS))
                .execute());
        return added;
    }

    private static ColumnValues row(PromptDeployment added) {
        return ColumnValues.none()
                .with("id", added.id())
                .with("prompt_id", added.promptId())
                .with("prompt_version_id", added.promptVersionId())
                .with("environment", added.environment())
                .with("deployed_by", added.deployedBy().orElse(null))
                .with("deployed_at", added.deployedAt());
    }

    private static PromptDeployment deployment(
            PromptVersion version, String environment, @Nullable UUID deployedBy, Instant now) {
        return new PromptDeployment(
                Ids.next(),
                version.promptId(),
                version.id(),
                version.versionNumber(),
                environment,
                Optional.ofNullable(deployedBy),
                now,
                Optional.empty(),
                Optional.empty());
    }
}
