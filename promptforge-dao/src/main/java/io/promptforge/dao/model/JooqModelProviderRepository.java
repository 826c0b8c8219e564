package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.secret.Seal;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.secret.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Stores model providers by jOOQ. */
public final class JooqModelProviderRepository implements ModelProviderRepository {
    private static final String WHAT = "model provider";
    private static final int LONGEST_API_KEY = 4096;
    private static final ListInsert<?, ModelProvider> LIST =
            new ListInsert<>(MODEL_PROVIDERS, ModelProviderRows.PROVIDER, ModelProvider::id);

    private final TenantSession session;
    private final Seal seal;

    /** The model providers of a session's tenant, whose API keys are sealed. */
    public JooqModelProviderRepository(TenantSession session, Seal seal) {
        this.session = session;
        this.seal = seal;
    }

    /** Locks only for a default, which must not be created while {@link #setDefault} moves it. */
    @Override
    public ModelProvider create(NewModelProvider provider) {
        Check.present("provider", provider);
        return provider.isDefault()
                ? session.transaction(tx -> {
                    lock(tx);
                    return tx.run(dsl -> insert(dsl, provider));
                })
                : session.write(dsl -> insert(dsl, provider));
    }

    @Override
    public List<ModelProvider> create(List<NewModelProvider> providers) {
        List<NewModelProvider> given = Check.list("providers", providers);
        return session.transaction(tx -> {
            if (given.stream().anyMatch(NewModelProvider::isDefault)) {
                lock(tx);
            }
            return LIST.all(tx, "providers", given, NewModelProvider::values);
        });
    }

    private ModelProvider insert(DSLContext dsl, NewModelProvider provider) {
        return ModelProviderRows.PROVIDER.fetchSingle(dsl.insertInto(MODEL_PROVIDERS)
                .set(MODEL_PROVIDERS.ORGANIZATION_ID, session.organizationId())
                .set(MODEL_PROVIDERS.ID, Ids.next())
                .set(provider.values().of(MODEL_PROVIDERS))
                .returningResult(ModelProviderRows.PROVIDER.fields()));
    }

    @Override
    public Optional<ModelProvider> find(UUID id) {
        return findWhere(MODEL_PROVIDERS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<ModelProvider> findByName(String name) {
        return findWhere(MODEL_PROVIDERS.NAME.eq(Check.text("name", name)));
    }

    @Override
    public Optional<ModelProvider> findDefault() {
        return findWhere(condition(MODEL_PROVIDERS.IS_DEFAULT));
    }

    private Optional<ModelProvider> findWhere(Condition condition) {
        return session.run(
                dsl -> ModelProviderRows.PROVIDER.fetchOptional(dsl.select(ModelProviderRows.PROVIDER.fields())
                        .from(MODEL_PROVIDERS)
                        .where(ofTenant().and(condition))));
    }

    @Override
    public Map<UUID, ModelProvider> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session,
                MODEL_PROVIDERS,
                MODEL_PROVIDERS.ORGANIZATION_ID,
                MODEL_PROVIDERS.ID,
                ids,
                ModelProviderRows.PROVIDER);
    }

    @Override
    public Page<ModelProvider> list(ModelProviderFilter filter, PageRequest page) {
        return ModelProviderList.LIST.page(
                session, Check.present("filter", filter).criteria(), ModelProviderList.BY_NAME, page);
    }

    @Override
    public long count(ModelProviderFilter filter) {
        return ModelProviderList.LIST.count(
                session, Check.present("filter", filter).criteria());
    }

    @Override
    public ModelProvider update(UUID id, ModelProviderChanges changes) {
        Check.present("id", id);
        return update(session, id, Check.present("changes", changes).changes());
    }

    private ModelProvider update(TenantSession where, UUID id, Changes changes) {
        return new RowUpdate<>(MODEL_PROVIDERS, ModelProviderRows.PROVIDER, WHAT, is(id), id)
                .apply(where.session(), changes);
    }

    /** Needs two statements: the unique index on the default is checked as each row changes. */
    @Override
    public ModelProvider setDefault(UUID id) {
        Check.present("id", id);
        return session.transaction(tx -> {
            lock(tx);
            tx.run(dsl -> clearDefault(dsl, MODEL_PROVIDERS.ID.ne(id)));
            return tx.run(dsl -> ModelProviderRows.PROVIDER.fetchOptional(dsl.update(MODEL_PROVIDERS)
                            .set(MODEL_PROVIDERS.IS_DEFAULT, true)
                            .where(is(id))
                            .returningResult(ModelProviderRows.PROVIDER.fields())))
                    .orElseThrow(() -> new NotFoundException(WHAT, id));
        });
    }

    @Override
    public void clearDefault() {
        session.write(dsl -> clearDefault(dsl, noCondition()));
    }

    private int clearDefault(DSLContext dsl, Condition which) {
        return dsl.update(MODEL_PROVIDERS)
                .set(MODEL_PROVIDERS.IS_DEFAULT, false)
                .where(ofTenant().and(condition(MODEL_PROVIDERS.IS_DEFAULT)).and(which))
                .execute();
    }

    @Override
    public ModelProvider setApiKey(UUID id, Secret apiKey) {
        Check.present("id", id);
        String text = Check.text("api_key", Check.present("api_key", apiKey).reveal());
        if (text.getBytes(UTF_8).length > LONGEST_API_KEY) {
            throw new InvalidValueException(
                    "api_key",
                    "The field api_key has more than " + LONGEST_API_KEY + " bytes.",
                    "Give a shorter one.",
                    null);
        }
        Changes changes = seal(id, apiKey);
        return session.transaction(tx -> {
            sealedApiKey(tx, id).ifPresent(present -> seal.open(place(id), present));
            return update(tx, id, changes);
        });
    }

    private Changes seal(UUID id, Secret apiKey) {
        return Changes.none()
                .set("encrypted_api_key", seal.seal(place(id), apiKey))
                .set("masked_api_key", apiKey.masked());
    }

    @Override
    public ModelProvider clearApiKey(UUID id) {
        Check.present("id", id);
        return update(session, id, Changes.none().set("encrypted_api_key", null).set("masked_api_key", null));
    }

    @Override
    public Optional<Secret> findApiKey(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> dsl.select(MODEL_PROVIDERS.ENCRYPTED_API_KEY)
                        .from(MODEL_PROVIDERS)
                        .where(is(id))
                        .and(MODEL_PROVIDERS.ENCRYPTED_API_KEY.isNotNull())
                        .fetchOptional(MODEL_PROVIDERS.ENCRYPTED_API_KEY))
                .map(stored -> seal.open(place(id), stored));
    }

    @Override
    public int resealApiKeys() {
        List<UUID> ids = session.run(dsl -> dsl.select(MODEL_PROVIDERS.ID)
                .from(MODEL_PROVIDERS)
                .where(ofTenant())
                .and(MODEL_PROVIDERS.ENCRYPTED_API_KEY.isNotNull())
                .orderBy(MODEL_PROVIDERS.ID)
                .fetch(MODEL_PROVIDERS.ID));
        return (int) ids.stream().filter(this::reseal).count();
    }

    private boolean reseal(UUID id) {
        return session.transaction(tx -> {
            Optional<byte[]> old = sealedApiKey(tx, id).filter(stored -> !seal.isNewest(place(id), stored));
            old.ifPresent(stored -> update(tx, id, seal(id, seal.open(place(id), stored))));
            return old.isPresent();
        });
    }

    /** Locks the row, so that none is replaced that was not seen. */
    private Optional<byte[]> sealedApiKey(TenantSession tx, UUID id) {
        return tx.run(dsl -> dsl.select(MODEL_PROVIDERS.ENCRYPTED_API_KEY)
                .from(MODEL_PROVIDERS)
                .where(is(id))
                .and(MODEL_PROVIDERS.ENCRYPTED_API_KEY.isNotNull())
                .forNoKeyUpdate()
                .fetchOptional(MODEL_PROVIDERS.ENCRYPTED_API_KEY));
    }

    private Seal.Place place(UUID id) {
        return new Seal.Place(session.organizationId(), "model_providers.encrypted_api_key", id);
    }

    /**
     * Locks the organization's providers against other transactions that move the default or install a catalogue. The lock is on
     * the row of the organization, since there may be no provider yet; it does not block foreign keys to that row.
     *
     * @return whether the organization exists
     */
    static boolean lock(TenantSession tx) {
        return tx.run(dsl -> dsl.select(ORGANIZATIONS.ID)
                        .from(ORGANIZATIONS)
                        .where(ORGANIZATIONS.ID.eq(tx.organizationId()))
                        .forNoKeyUpdate()
                        .fetchOptional())
                .isPresent();
    }

    private Condition is(UUID id) {
        return ofTenant().and(MODEL_PROVIDERS.ID.eq(id));
    }

    private Condition ofTenant() {
        return MODEL_PROVIDERS.ORGANIZATION_ID.eq(session.organizationId());
    }
}
