package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/** The history of a prompt, and which of its versions is the current one. */
final class JooqPromptVersions {
    static final ListInsert<?, PromptVersion> LIST =
            new ListInsert<>(PROMPT_VERSIONS, PromptVersionRows.VERSION, PromptVersion::id);

    private final TenantSession session;

    JooqPromptVersions(TenantSession session) {
        this.session = session;
    }

    Commit commit(UUID promptId, Optional<Integer> expectedHead, NewPromptVersion version) {
        Check.present("prompt_id", promptId);
        List<String> undeclared = PromptVariables.checked(Check.present("version", version));
        return session.transaction(tx -> {
            Prompt prompt = lock(tx, promptId);
            int head = prompt.latestVersionNumber();
            expectedHead.filter(expected -> expected != head).ifPresent(expected -> {
                throw new ConflictException(
                        "prompt",
                        promptId,
                        "The newest version of prompt " + promptId + " is " + head + ", not " + expected
                                + "; read it again and decide.");
            });
            return append(tx, prompt, version, undeclared);
        });
    }

    List<Commit> commit(UUID promptId, List<NewPromptVersion> versions) {
        Check.present("prompt_id", promptId);
        List<NewPromptVersion> given = Check.list("versions", versions);
        ListInsert.each("versions", given, PromptVariables::checked);
        return ListInsert.store(session, "versions", given, (tx, some) -> append(tx, lock(tx, promptId), some));
    }

    Commit rollback(UUID promptId, int versionNumber, @Nullable UUID author) {
        Check.present("prompt_id", promptId);
        return session.transaction(tx -> {
            Prompt prompt = lock(tx, promptId);
            NewPromptVersion again = NewPromptVersion.like(withContent(tx, promptId, versionNumber))
                    .commitMessage("Roll back to version " + versionNumber)
                    .createdBy(author);
            return append(tx, prompt, again, List.of());
        });
    }

    Prompt makeCurrent(UUID promptId, int versionNumber) {
        Check.present("prompt_id", promptId);
        return session.transaction(tx -> {
            Prompt prompt = lock(tx, promptId);
            PromptVersion version = withContent(tx, promptId, versionNumber);
            boolean isCurrent =
                    prompt.currentVersionId().filter(version.id()::equals).isPresent();
            return isCurrent ? prompt : serve(tx, version);
        });
    }

    Optional<PromptVersion> find(UUID versionId) {
        Check.present("version_id", versionId);
        return session.run(dsl ->
                PromptVersionRows.VERSION.fetchOptional(versions(dsl, session).and(PROMPT_VERSIONS.ID.eq(versionId))));
    }

    Optional<PromptVersion> find(UUID promptId, int versionNumber) {
        return find(session, Check.present("prompt_id", promptId), versionNumber);
    }

    Map<UUID, PromptVersion> findAll(Collection<UUID> versionIds) {
        return RowsById.fetch(
                session,
                PROMPT_VERSIONS,
                PROMPT_VERSIONS.ORGANIZATION_ID,
                PROMPT_VERSIONS.ID,
                versionIds,
                PromptVersionRows.VERSION);
    }

    Map<UUID, PromptVersion> current(Collection<UUID> promptIds) {
        return RowsById.fetch(
                session,
                PromptVersionRows.CURRENT,
                PROMPTS.ORGANIZATION_ID,
                PROMPTS.ID,
                promptIds,
                PromptVersionRows.VERSION);
    }

    Page<PromptVersion> list(UUID promptId, PageRequest page) {
        Criteria ofPrompt = Criteria.none().with(PromptVersionList.PROMPT_ID, Check.present("prompt_id", promptId));
        return PromptVersionList.LIST.page(session, ofPrompt, PromptVersionList.NEWEST_FIRST, page);
    }

    PromptDiff diff(UUID promptId, int from, int to) {
        Check.present("prompt_id", promptId);
        List<PromptVersion> both = session.run(dsl -> PromptVersionRows.VERSION.fetch(versions(dsl, session)
                .and(PROMPT_VERSIONS.PROMPT_ID.eq(promptId))
                .and(PROMPT_VERSIONS.VERSION_NUMBER.in(from, to))));
        Function<Integer, PromptVersion> numbered = number -> both.stream()
                .filter(version -> version.versionNumber() == number)
                .findFirst()
                .orElseThrow(() -> missing(promptId, number));
        return PromptDiff.between(numbered.apply(from), numbered.apply(to));
    }

    /**
     * Locks a prompt until the transaction ends, so that commits, deployments and the deletion of it take turns. Rows that
     * refer to the prompt can still be written.
     */
    static Prompt lock(TenantSession tx, UUID promptId) {
        return tx.run(dsl -> PromptRows.PROMPT.fetchOptional(dsl.select(PromptRows.PROMPT.fields())
                        .from(PROMPTS)
                        .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(PROMPTS.ID.eq(promptId))
                        .forNoKeyUpdate()))
                .orElseThrow(() -> new NotFoundException("prompt", promptId));
    }

    /** A version that is not redacted. */
    static PromptVersion withContent(TenantSession tx, UUID promptId, int versionNumber) {
        PromptVersion version = existing(tx, promptId, versionNumber);
        version.requireContent();
        return version;
    }

    static PromptVersion existing(TenantSession tx, UUID promptId, int versionNumber) {
        return find(tx, promptId, versionNumber).orElseThrow(() -> missing(promptId, versionNumber));
    }

    /** Makes a version the current one of its prompt. */
    private static Prompt serve(TenantSession tx, PromptVersion version) {
        return tx.run(dsl -> PromptRows.PROMPT.fetchSingle(dsl.update(PROMPTS)
                .set(PROMPTS.CURRENT_VERSION_ID, version.id())
                .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPTS.ID.eq(version.promptId()))
                .returning(PromptRows.PROMPT.fields())));
    }

    /** Adds a version behind the newest one of a locked prompt, unless that one is equal. */
    private static Commit append(TenantSession tx, Prompt prompt, NewPromptVersion version, List<String> undeclared) {
        return equalHead(tx, prompt, version)
                .map(present -> new Commit(present, false, undeclared))
                .orElseGet(() -> new Commit(
                        appendNew(tx, prompt.id(), prompt.latestVersionNumber() + 1, version), true, undeclared));
    }

    /** The newest version, if it has the content of this one. */
    private static Optional<PromptVersion> equalHead(TenantSession tx, Prompt prompt, NewPromptVersion version) {
        return tx.run(dsl -> PromptVersionRows.VERSION.fetchOptional(versions(dsl, tx)
                .and(PROMPT_VERSIONS.PROMPT_ID.eq(prompt.id()))
                .and(PROMPT_VERSIONS.VERSION_NUMBER.eq(prompt.latestVersionNumber()))
                .and(PromptVersionRows.hasContentOf(version))));
    }

    /** Adds versions behind the newest one of a locked prompt, without those that equal the one before. */
    private static List<Commit> append(TenantSession tx, Prompt prompt, List<NewPromptVersion> versions) {
        Optional<PromptVersion> head = equalHead(tx, prompt, versions.get(0));
        int number = prompt.latestVersionNumber();
        List<ColumnValues> rows = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            boolean isEqual = i == 0
                    ? head.isPresent()
                    : PromptVersionRows.haveEqualContent(versions.get(i - 1), versions.get(i));
            if (!isEqual) {
                rows.add(row(prompt.id(), ++number, versions.get(i)));
            }
            places.add(rows.size() - 1);
        }
        List<PromptVersion> added = LIST.insert(tx, rows);
        reach(tx, prompt.id(), number);
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            int place = places.get(i);
            PromptVersion version = place < 0 ? head.orElseThrow() : added.get(place);
            boolean isNew = place >= 0 && (i == 0 || place > places.get(i - 1));
            commits.add(new Commit(version, isNew, PromptVariables.checked(versions.get(i))));
        }
        return commits;
    }

    /** The row of a version. */
    static ColumnValues row(UUID promptId, int number, NewPromptVersion version) {
        return version.values()
                .with("id", Ids.next())
                .with("prompt_id", promptId)
                .with("version_number", number);
    }

    private static PromptVersion appendNew(TenantSession tx, UUID promptId, int number, NewPromptVersion version) {
        PromptVersion committed = tx.run(dsl -> PromptVersionRows.VERSION.fetchSingle(dsl.insertInto(PROMPT_VERSIONS)
                .set(PROMPT_VERSIONS.ORGANIZATION_ID, tx.organizationId())
                .set(row(promptId, number, version).of(PROMPT_VERSIONS))
                .returning(PromptVersionRows.VERSION.fields())));
        reach(tx, promptId, number);
        return committed;
    }

    private static void reach(TenantSession tx, UUID promptId, int number) {
        tx.run(dsl -> dsl.update(PROMPTS)
                .set(PROMPTS.LATEST_VERSION_NUMBER, number)
                .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROMPTS.ID.eq(promptId))
                .execute());
    }

    private static Optional<PromptVersion> find(TenantSession session, UUID promptId, int versionNumber) {
        return session.run(dsl -> PromptVersionRows.VERSION.fetchOptional(versions(dsl, session)
                .and(PROMPT_VERSIONS.PROMPT_ID.eq(promptId))
                .and(PROMPT_VERSIONS.VERSION_NUMBER.eq(versionNumber))));
    }

    private static SelectConditionStep<Record> versions(DSLContext dsl, TenantSession session) {
        return dsl.select(PromptVersionRows.VERSION.fields())
                .from(PROMPT_VERSIONS)
                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()));
    }

    private static NotFoundException missing(UUID promptId, int versionNumber) {
        return new NotFoundException("version", versionNumber + " of prompt " + promptId);
    }
}
