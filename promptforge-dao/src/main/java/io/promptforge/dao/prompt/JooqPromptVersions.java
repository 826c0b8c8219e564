package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Routines.promptContentHash;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.PromptsRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The history of a prompt, and which of its versions is the current one. */
final class JooqPromptVersions {
    private final TenantSession session;

    JooqPromptVersions(TenantSession session) {
        this.session = session;
    }

    Commit commit(UUID promptId, Optional<Integer> expectedHead, NewPromptVersion version) {
        Check.present("prompt_id", promptId);
        PromptVariables.requireDeclared(Check.present("version", version));
        return session.transaction(tx -> {
            PromptsRecord prompt = lock(tx, promptId);
            int head = prompt.getLatestVersionNumber();
            expectedHead.filter(expected -> expected != head).ifPresent(expected -> {
                throw new ConflictException(
                        "prompt",
                        promptId,
                        "The newest version of prompt " + promptId + " is " + head + ", not " + expected
                                + "; read it again and decide.");
            });
            return append(tx, prompt, version);
        });
    }

    Commit rollBack(UUID promptId, int versionNumber, @Nullable UUID author) {
        Check.present("prompt_id", promptId);
        return session.transaction(tx -> {
            PromptsRecord prompt = lock(tx, promptId);
            NewPromptVersion again = NewPromptVersion.like(existing(tx, promptId, versionNumber))
                    .withCommitMessage("Roll back to version " + versionNumber)
                    .withCreatedBy(author);
            return append(tx, prompt, again);
        });
    }

    Prompt makeCurrent(UUID promptId, int versionNumber) {
        Check.present("prompt_id", promptId);
        return session.transaction(tx -> {
            PromptsRecord prompt = lock(tx, promptId);
            UUID version = existing(tx, promptId, versionNumber).id();
            if (version.equals(prompt.getCurrentVersionId())) {
                return PromptRows.prompt(prompt);
            }
            return tx.run(dsl -> dsl.update(PROMPTS)
                    .set(PROMPTS.CURRENT_VERSION_ID, version)
                    .set(PROMPTS.LOCK_VERSION, PROMPTS.LOCK_VERSION.plus(1))
                    .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                    .and(PROMPTS.ID.eq(promptId))
                    .returning()
                    .fetchSingle(PromptRows::prompt));
        });
    }

    Optional<PromptVersion> find(UUID versionId) {
        Check.present("version_id", versionId);
        return session.run(dsl -> dsl.selectFrom(PROMPT_VERSIONS)
                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(PROMPT_VERSIONS.ID.eq(versionId))
                .fetchOptional(PromptRows::version));
    }

    Optional<PromptVersion> find(UUID promptId, int versionNumber) {
        return find(session, Check.present("prompt_id", promptId), versionNumber);
    }

    Page<PromptVersion> list(UUID promptId, PageRequest page) {
        Check.present("prompt_id", promptId);
        Check.present("page", page);
        Keyset newestFirst = Keyset.descending(
                List.of("prompt_versions", session.organizationId(), promptId), PROMPT_VERSIONS.VERSION_NUMBER);
        return session.run(dsl -> newestFirst.fetch(
                dsl, dsl.selectFrom(PROMPT_VERSIONS).where(of(session, promptId)), page, PromptRows::version));
    }

    PromptDiff diff(UUID promptId, int from, int to) {
        Check.present("prompt_id", promptId);
        List<PromptVersion> both = session.run(dsl -> dsl.selectFrom(PROMPT_VERSIONS)
                .where(of(session, promptId))
                .and(PROMPT_VERSIONS.VERSION_NUMBER.in(from, to))
                .fetch(PromptRows::version));
        Function<Integer, PromptVersion> numbered = number -> both.stream()
                .filter(version -> version.versionNumber() == number)
                .findFirst()
                .orElseThrow(() -> missing(promptId, number));
        return PromptDiff.between(numbered.apply(from), numbered.apply(to));
    }

    /**
     * The prompt, locked against everyone else who commits, deploys or deletes, until the transaction ends; not against
     * those who only refer to it.
     */
    static PromptsRecord lock(TenantSession tx, UUID promptId) {
        return tx.run(dsl -> dsl.selectFrom(PROMPTS)
                        .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(PROMPTS.ID.eq(promptId))
                        .forNoKeyUpdate()
                        .fetchOptional())
                .orElseThrow(() -> new NotFoundException("prompt", promptId));
    }

    static PromptVersion existing(TenantSession tx, UUID promptId, int versionNumber) {
        return find(tx, promptId, versionNumber).orElseThrow(() -> missing(promptId, versionNumber));
    }

    static PromptVersion insert(TenantSession tx, UUID promptId, int number, NewPromptVersion version) {
        return tx.run(dsl -> dsl.insertInto(PROMPT_VERSIONS)
                .set(PROMPT_VERSIONS.ORGANIZATION_ID, tx.organizationId())
                .set(PROMPT_VERSIONS.ID, Ids.next())
                .set(PROMPT_VERSIONS.PROMPT_ID, promptId)
                .set(PROMPT_VERSIONS.VERSION_NUMBER, number)
                .set(PROMPT_VERSIONS.TEMPLATE, version.template())
                .set(PROMPT_VERSIONS.SYSTEM_MESSAGE, version.systemMessage())
                .set(PROMPT_VERSIONS.VARIABLES, Columns.jsonb(version.variables()))
                .set(PROMPT_VERSIONS.MODEL_CONFIGURATION, Columns.jsonb(version.modelConfiguration()))
                .set(PROMPT_VERSIONS.TAGS, version.tags().toArray(String[]::new))
                .set(PROMPT_VERSIONS.COMMIT_MESSAGE, version.commitMessage())
                .set(PROMPT_VERSIONS.CREATED_BY, version.createdBy())
                .returning()
                .fetchSingle(PromptRows::version));
    }

    /** Behind the head of a locked prompt. */
    private static Commit append(TenantSession tx, PromptsRecord prompt, NewPromptVersion version) {
        int head = prompt.getLatestVersionNumber();
        Optional<PromptVersion> same = tx.run(dsl -> dsl.selectFrom(PROMPT_VERSIONS)
                .where(of(tx, prompt.getId()))
                .and(PROMPT_VERSIONS.VERSION_NUMBER.eq(head))
                .and(saysTheSame(version))
                .fetchOptional(PromptRows::version));
        return same.map(present -> new Commit(present, false))
                .orElseGet(() -> new Commit(appendNew(tx, prompt.getId(), head + 1, version), true));
    }

    private static PromptVersion appendNew(TenantSession tx, UUID promptId, int number, NewPromptVersion version) {
        PromptVersion committed = insert(tx, promptId, number, version);
        tx.run(dsl -> dsl.update(PROMPTS)
                .set(PROMPTS.LATEST_VERSION_NUMBER, number)
                .set(PROMPTS.LOCK_VERSION, PROMPTS.LOCK_VERSION.plus(1))
                .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPTS.ID.eq(promptId))
                .execute());
        return committed;
    }

    /** By the database's own measure of content; tags are none of it, but could not be changed if they did not count. */
    private static Condition saysTheSame(NewPromptVersion version) {
        return PROMPT_VERSIONS
                .CONTENT_HASH
                .eq(promptContentHash(
                        val(version.template()),
                        val(version.systemMessage(), PROMPT_VERSIONS.SYSTEM_MESSAGE),
                        val(Columns.jsonb(version.variables())),
                        val(Columns.jsonb(version.modelConfiguration()))))
                .and(condition(
                        "{0} @> {1} and {0} <@ {1}",
                        PROMPT_VERSIONS.TAGS, val(version.tags().toArray(String[]::new), PROMPT_VERSIONS.TAGS)));
    }

    private static Optional<PromptVersion> find(TenantSession session, UUID promptId, int versionNumber) {
        return session.run(dsl -> dsl.selectFrom(PROMPT_VERSIONS)
                .where(of(session, promptId))
                .and(PROMPT_VERSIONS.VERSION_NUMBER.eq(versionNumber))
                .fetchOptional(PromptRows::version));
    }

    private static Condition of(TenantSession session, UUID promptId) {
        return PROMPT_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()).and(PROMPT_VERSIONS.PROMPT_ID.eq(promptId));
    }

    private static NotFoundException missing(UUID promptId, int versionNumber) {
        return new NotFoundException("version", versionNumber + " of prompt " + promptId);
    }
}
