package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.PromptReferences;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Stores prompts by jOOQ; their versions and deployments are stored by classes of their own. */
public final class JooqPromptRepository implements PromptRepository {
    private final TenantSession session;
    private final JooqPromptVersions versions;
    private final JooqPromptDeployments deployments;

    /** The prompts of a session's tenant. */
    public JooqPromptRepository(TenantSession session) {
        this.session = session;
        this.versions = new JooqPromptVersions(session);
        this.deployments = new JooqPromptDeployments(session);
    }

    @Override
    public ResolvedPrompt create(NewPrompt prompt, NewPromptVersion firstVersion) {
        Check.present("prompt", prompt);
        PromptVariables.checked(Check.present("first_version", firstVersion));
        return session.transaction(tx -> JooqPromptCreation.insert(tx, List.of(Map.entry(prompt, firstVersion))))
                .get(0);
    }

    @Override
    public List<ResolvedPrompt> create(List<NewPrompt> prompts, List<NewPromptVersion> firstVersions) {
        return JooqPromptCreation.create(session, prompts, firstVersions);
    }

    @Override
    public Optional<Prompt> find(UUID id) {
        return findWhere(PROMPTS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<Prompt> findByName(UUID projectId, String name) {
        return findWhere(PROMPTS.PROJECT_ID
                .eq(Check.present("project_id", projectId))
                .and(PROMPTS.NAME.eq(Check.text("name", name))));
    }

    @Override
    public Map<UUID, Prompt> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, PROMPTS, PROMPTS.ORGANIZATION_ID, PROMPTS.ID, ids, PromptRows.PROMPT);
    }

    @Override
    public Page<Prompt> list(PromptFilter filter, PromptOrder order, PageRequest page) {
        return PromptList.LIST.page(
                session, Check.present("filter", filter).criteria(), PromptList.ORDERS.get(order), page);
    }

    @Override
    public long count(PromptFilter filter) {
        return PromptList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public Prompt update(UUID id, PromptChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return new RowUpdate<>(PROMPTS, PromptRows.PROMPT, "prompt", ofTenant(PROMPTS.ID.eq(id)), id)
                .apply(session.session(), changes.changes());
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.transaction(tx -> {
            PromptReferences.clear(tx, PROMPTS.ID.eq(id));
            int deleted = tx.run(dsl ->
                    dsl.deleteFrom(PROMPTS).where(ofTenant(PROMPTS.ID.eq(id))).execute());
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
    public List<Commit> commit(UUID promptId, List<NewPromptVersion> list) {
        return versions.commit(promptId, list);
    }

    @Override
    public Commit commit(UUID promptId, int expectedHead, NewPromptVersion version) {
        return versions.commit(promptId, Optional.of(expectedHead), version);
    }

    @Override
    public Commit rollback(UUID promptId, int versionNumber, @Nullable UUID author) {
        return versions.rollback(promptId, versionNumber, author);
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
    public Map<UUID, PromptVersion> findAllVersions(Collection<UUID> versionIds) {
        return versions.findAll(versionIds);
    }

    @Override
    public Map<UUID, PromptVersion> currentVersions(Collection<UUID> promptIds) {
        return versions.current(promptIds);
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
    public PromptVersion redactVersion(UUID promptId, int versionNumber, String note, @Nullable UUID redactedBy) {
        return JooqPromptRedaction.redact(session, promptId, versionNumber, note, redactedBy);
    }

    @Override
    public Rollout deploy(UUID promptId, int versionNumber, String environment, @Nullable UUID deployedBy) {
        return deployments.deploy(promptId, versionNumber, environment, deployedBy);
    }

    @Override
    public List<Rollout> deploy(
            UUID promptId, int versionNumber, List<String> environments, @Nullable UUID deployedBy) {
        return deployments.deploy(promptId, versionNumber, environments, deployedBy);
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
        return session.run(dsl -> PromptRows.PROMPT.fetchOptional(
                dsl.select(PromptRows.PROMPT.fields()).from(PROMPTS).where(ofTenant(condition))));
    }

    private Condition ofTenant(Condition condition) {
        return PROMPTS.ORGANIZATION_ID.eq(session.organizationId()).and(condition);
    }
}
