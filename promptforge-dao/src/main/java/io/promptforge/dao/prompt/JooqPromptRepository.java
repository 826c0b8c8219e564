package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.PromptReferences;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The prompts themselves, and their way to applications; versions and deployments are done by others. */
final class JooqPromptRepository implements PromptRepository {
    private final TenantSession session;
    private final JooqPromptVersions versions;
    private final JooqPromptDeployments deployments;

    JooqPromptRepository(TenantSession session) {
        this.session = session;
        this.versions = new JooqPromptVersions(session);
        this.deployments = new JooqPromptDeployments(session);
    }

    @Override
    public ResolvedPrompt create(NewPrompt prompt, NewPromptVersion firstVersion) {
        Check.present("prompt", prompt);
        PromptVariables.requireDeclared(Check.present("first_version", firstVersion));
        return session.transaction(tx -> {
            UUID id = Ids.next();
            insert(tx, id, prompt);
            PromptVersion version = JooqPromptVersions.insert(tx, id, 1, firstVersion);
            return new ResolvedPrompt(serveFirst(tx, version), version);
        });
    }

    @Override
    public Optional<Prompt> find(UUID id) {
        Check.present("id", id);
        return findWhere(PROMPTS.ID.eq(id));
    }

    @Override
    public Optional<Prompt> findByName(UUID projectId, String name) {
        return findWhere(named(projectId, name));
    }

    @Override
    public Page<Prompt> list(PromptFilter filter, PromptOrder order, PageRequest page) {
        return new JooqPromptList(session).read(filter, order, page);
    }

    @Override
    public Prompt update(UUID id, PromptChanges changes) {
        Check.present("id", id);
        LegacyChanges edit = Check.present("changes", changes).changes();
        LegacyChanges counted =
                edit.values().isEmpty() ? edit : edit.set(PROMPTS.LOCK_VERSION.getName(), PROMPTS.LOCK_VERSION.plus(1));
        return PromptRows.prompt(new LegacyRowUpdate<>(PROMPTS, "prompt", ofTenant().and(PROMPTS.ID.eq(id)), id)
                .apply(session.session(), counted));
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.transaction(tx -> {
            PromptReferences.clear(tx, PROMPTS.ID.eq(id));
            int deleted = tx.run(dsl -> dsl.deleteFrom(PROMPTS)
                    .where(ofTenant())
                    .and(PROMPTS.ID.eq(id))
                    .execute());
            if (deleted == 0) {
                throw new NotFoundException("prompt", id);
            }
            return deleted;
        });
    }

    @Override
    public Commit commit(UUID promptId, NewPromptVersion version) {
        return versions.commit(promptId, Optional.empty(), version);
    }

    @Override
    public Commit commit(UUID promptId, int expectedHead, NewPromptVersion version) {
        return versions.commit(promptId, Optional.of(expectedHead), version);
    }

    @Override
    public Commit rollBack(UUID promptId, int versionNumber, @Nullable UUID author) {
        return versions.rollBack(promptId, versionNumber, author);
    }

    @Override
    public Prompt makeCurrent(UUID promptId, int versionNumber) {
        return versions.makeCurrent(promptId, versionNumber);
    }

    @Override
    public Optional<PromptVersion> findVersion(UUID versionId) {
        return versions.find(versionId);
    }

    @Override
    public Optional<PromptVersion> findVersion(UUID promptId, int versionNumber) {
        return versions.find(promptId, versionNumber);
    }

    @Override
    public Page<PromptVersion> versions(UUID promptId, PageRequest page) {
        return versions.list(promptId, page);
    }

    @Override
    public PromptDiff diff(UUID promptId, int from, int to) {
        return versions.diff(promptId, from, to);
    }

    @Override
    public Rollout deploy(UUID promptId, int versionNumber, String environment, @Nullable UUID deployedBy) {
        return deployments.deploy(promptId, versionNumber, environment, deployedBy);
    }

    @Override
    public Optional<PromptDeployment> withdraw(UUID promptId, String environment, @Nullable UUID endedBy) {
        return deployments.withdraw(promptId, environment, endedBy);
    }

    @Override
    public Page<PromptDeployment> liveDeployments(UUID promptId, PageRequest page) {
        return deployments.live(promptId, page);
    }

    @Override
    public Page<PromptDeployment> deploymentHistory(UUID promptId, PageRequest page) {
        return deployments.history(promptId, page);
    }

    @Override
    public Page<PromptDeployment> deploymentHistory(UUID promptId, String environment, PageRequest page) {
        return deployments.history(promptId, environment, page);
    }

    @Override
    public Optional<ResolvedPrompt> resolve(UUID projectId, String name) {
        Check.present("project_id", projectId);
        return JooqPromptResolution.current(session, projectId, Check.text("name", name));
    }

    @Override
    public Optional<ResolvedPrompt> resolve(UUID projectId, String name, String environment) {
        Check.present("project_id", projectId);
        Check.text("name", name);
        return JooqPromptResolution.deployed(session, projectId, name, Check.text("environment", environment));
    }

    private Optional<Prompt> findWhere(Condition condition) {
        return session.run(
                dsl -> dsl.selectFrom(PROMPTS).where(ofTenant().and(condition)).fetchOptional(PromptRows::prompt));
    }

    private static Condition named(UUID projectId, String name) {
        return PROMPTS.PROJECT_ID
                .eq(Check.present("project_id", projectId))
                .and(PROMPTS.NAME.eq(Check.text("name", name)));
    }

    private Condition ofTenant() {
        return PROMPTS.ORGANIZATION_ID.eq(session.organizationId());
    }

    private static void insert(TenantSession tx, UUID id, NewPrompt prompt) {
        tx.run(dsl -> dsl.insertInto(PROMPTS)
                .set(PROMPTS.ORGANIZATION_ID, tx.organizationId())
                .set(PROMPTS.ID, id)
                .set(PROMPTS.PROJECT_ID, prompt.projectId())
                .set(PROMPTS.NAME, prompt.name())
                .set(PROMPTS.DESCRIPTION, prompt.description())
                .set(PROMPTS.CATEGORY, prompt.category())
                .set(PROMPTS.STATUS, prompt.status())
                .set(PROMPTS.LATEST_VERSION_NUMBER, 1)
                .set(PROMPTS.CREATED_BY, prompt.createdBy())
                .execute());
    }

    private static Prompt serveFirst(TenantSession tx, PromptVersion version) {
        return tx.run(dsl -> dsl.update(PROMPTS)
                .set(PROMPTS.CURRENT_VERSION_ID, version.id())
                .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPTS.ID.eq(version.promptId()))
                .returning()
                .fetchSingle(PromptRows::prompt));
    }
}
