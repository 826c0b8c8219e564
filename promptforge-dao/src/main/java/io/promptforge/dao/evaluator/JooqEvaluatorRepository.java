package io.promptforge.dao.evaluator;

import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.EVALUATOR_VERSIONS;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.Condition;

/** Stores evaluators by jOOQ. */
public final class JooqEvaluatorRepository implements EvaluatorRepository {
    private static final ListInsert<?, Evaluator> LIST =
            new ListInsert<>(EVALUATORS, EvaluatorRows.EVALUATOR, Evaluator::id);
    private static final ListInsert<?, EvaluatorVersion> VERSIONS =
            new ListInsert<>(EVALUATOR_VERSIONS, EvaluatorRows.VERSION, EvaluatorVersion::id);

    private final TenantSession session;

    /** The evaluators of a session's tenant. */
    public JooqEvaluatorRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Evaluator create(NewEvaluator evaluator, NewEvaluatorVersion first) {
        Check.present("evaluator", evaluator);
        Check.present("version", first);
        return session.transaction(tx -> {
            Evaluator created = tx.run(dsl -> EvaluatorRows.EVALUATOR.fetchSingle(dsl.insertInto(EVALUATORS)
                    .set(EVALUATORS.ORGANIZATION_ID, tx.organizationId())
                    .set(EVALUATORS.ID, Ids.next())
                    .set(EVALUATORS.LATEST_VERSION, 1)
                    .set(evaluator.values().of(EVALUATORS))
                    .returning(EvaluatorRows.EVALUATOR.fields())));
            insert(tx, created, first);
            return created;
        });
    }

    @Override
    public List<Evaluator> create(List<NewEvaluator> evaluators, List<NewEvaluatorVersion> firstVersions) {
        List<Map.Entry<NewEvaluator, NewEvaluatorVersion>> pairs =
                ListInsert.pairs("evaluators", evaluators, "first_versions", firstVersions);
        return ListInsert.store(session, "evaluators", pairs, (tx, some) -> {
            List<ColumnValues> rows = new ArrayList<>();
            List<ColumnValues> versions = new ArrayList<>();
            for (Map.Entry<NewEvaluator, NewEvaluatorVersion> pair : some) {
                UUID id = Ids.next();
                rows.add(pair.getKey().values().with("id", id).with("latest_version", 1));
                versions.add(row(id, 1, pair.getValue()));
            }
            List<Evaluator> created = LIST.insert(tx, rows);
            VERSIONS.insert(tx, versions);
            return created;
        });
    }

    @Override
    public InstalledEvaluators installCatalogue(EvaluatorCatalogue catalogue) {
        Check.present("catalogue", catalogue);
        return session.transaction(tx -> JooqEvaluatorInstallation.run(tx, catalogue));
    }

    @Override
    public Optional<Evaluator> find(UUID id) {
        return find(EVALUATORS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<Evaluator> findByName(String name) {
        return find(EVALUATORS.NAME.eq(Check.text("name", name)));
    }

    private Optional<Evaluator> find(Condition which) {
        return session.run(dsl -> EvaluatorRows.EVALUATOR.fetchOptional(dsl.select(EvaluatorRows.EVALUATOR.fields())
                .from(EVALUATORS)
                .where(EVALUATORS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(which)));
    }

    @Override
    public Map<UUID, Evaluator> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session, EVALUATORS, EVALUATORS.ORGANIZATION_ID, EVALUATORS.ID, ids, EvaluatorRows.EVALUATOR);
    }

    @Override
    public Page<Evaluator> list(EvaluatorFilter filter, EvaluatorOrder order, PageRequest page) {
        return EvaluatorList.LIST.page(
                session, Check.present("filter", filter).criteria(), EvaluatorList.ORDERS.get(order), page);
    }

    @Override
    public long count(EvaluatorFilter filter) {
        return EvaluatorList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public Evaluator update(UUID id, EvaluatorChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return new RowUpdate<>(EVALUATORS, EvaluatorRows.EVALUATOR, "evaluator", is(id), id)
                .apply(session.session(), changes.changes());
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        if (session.write(dsl -> dsl.deleteFrom(EVALUATORS).where(is(id)).execute()) == 0) {
            throw new NotFoundException("evaluator", id);
        }
    }

    @Override
    public EvaluatorVersion addVersion(UUID id, NewEvaluatorVersion version) {
        Check.present("id", id);
        Check.present("version", version);
        return session.transaction(tx -> insert(tx, reserve(tx, id, 1), version));
    }

    @Override
    public List<EvaluatorVersion> addVersions(UUID id, List<NewEvaluatorVersion> versions) {
        Check.present("id", id);
        return ListInsert.store(session, "versions", Check.list("versions", versions), (tx, some) -> {
            int first = reserve(tx, id, some.size()).latestVersion() - some.size() + 1;
            return VERSIONS.insert(
                    tx,
                    IntStream.range(0, some.size())
                            .mapToObj(i -> row(id, first + i, some.get(i)))
                            .toList());
        });
    }

    /** Takes the next numbers of versions; the evaluator's row is locked until the transaction ends. */
    private Evaluator reserve(TenantSession tx, UUID id, int numbers) {
        return tx.run(dsl -> EvaluatorRows.EVALUATOR.fetchOptional(dsl.update(EVALUATORS)
                        .set(EVALUATORS.LATEST_VERSION, EVALUATORS.LATEST_VERSION.plus(numbers))
                        .where(is(id))
                        .returning(EvaluatorRows.EVALUATOR.fields())))
                .orElseThrow(() -> new NotFoundException("evaluator", id));
    }

    private static ColumnValues row(UUID evaluatorId, int number, NewEvaluatorVersion version) {
        return version.values()
                .with("id", Ids.next())
                .with("evaluator_id", evaluatorId)
                .with("version_number", number);
    }

    private static EvaluatorVersion insert(TenantSession tx, Evaluator evaluator, NewEvaluatorVersion version) {
        return tx.run(dsl -> EvaluatorRows.VERSION.fetchSingle(dsl.insertInto(EVALUATOR_VERSIONS)
                .set(EVALUATOR_VERSIONS.ORGANIZATION_ID, tx.organizationId())
                .set(EVALUATOR_VERSIONS.ID, Ids.next())
                .set(EVALUATOR_VERSIONS.EVALUATOR_ID, evaluator.id())
                .set(EVALUATOR_VERSIONS.VERSION_NUMBER, evaluator.latestVersion())
                .set(version.values().of(EVALUATOR_VERSIONS))
                .returning(EvaluatorRows.VERSION.fields())));
    }

    @Override
    public Optional<EvaluatorVersion> findVersion(UUID evaluatorVersionId) {
        Check.present("evaluator_version_id", evaluatorVersionId);
        return session.run(dsl -> EvaluatorRows.VERSION.fetchOptional(dsl.select(EvaluatorRows.VERSION.fields())
                .from(EVALUATOR_VERSIONS)
                .where(EVALUATOR_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(EVALUATOR_VERSIONS.ID.eq(evaluatorVersionId))));
    }

    @Override
    public Map<UUID, EvaluatorVersion> findAllVersions(Collection<UUID> evaluatorVersionIds) {
        return RowsById.fetch(
                session,
                EVALUATOR_VERSIONS,
                EVALUATOR_VERSIONS.ORGANIZATION_ID,
                EVALUATOR_VERSIONS.ID,
                evaluatorVersionIds,
                EvaluatorRows.VERSION);
    }

    @Override
    public Optional<EvaluatorVersion> findLatestVersion(UUID evaluatorId) {
        return versions(evaluatorId, PageRequest.first(1)).items().stream().findFirst();
    }

    @Override
    public Page<EvaluatorVersion> versions(UUID evaluatorId, PageRequest page) {
        Criteria criteria =
                Criteria.none().with(EvaluatorList.EVALUATOR_ID, Check.present("evaluator_id", evaluatorId));
        return EvaluatorList.VERSIONS.page(session, criteria, EvaluatorList.NEWEST_VERSION_FIRST, page);
    }

    private Condition is(UUID id) {
        return EVALUATORS.ORGANIZATION_ID.eq(session.organizationId()).and(EVALUATORS.ID.eq(id));
    }
}
