package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.ModelProvidersRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The providers' half of {@link JooqModelRepository}, which has checked that nothing is null. */
final class JooqModelProviders {
    private static final String WHAT = "model provider";

    private final TenantSession session;

    JooqModelProviders(TenantSession session) {
        this.session = session;
    }

    /** Only the default is made under the lock: it must not come in between when the default moves. */
    ModelProvider create(NewModelProvider provider) {
        return provider.isDefault()
                ? session.transaction(tx -> {
                    lock(tx);
                    return tx.run(dsl -> insert(dsl, provider));
                })
                : session.write(dsl -> insert(dsl, provider));
    }

    private ModelProvider insert(DSLContext dsl, NewModelProvider provider) {
        return dsl.insertInto(MODEL_PROVIDERS)
                .set(MODEL_PROVIDERS.ORGANIZATION_ID, session.organizationId())
                .set(MODEL_PROVIDERS.ID, Ids.next())
                .set(MODEL_PROVIDERS.NAME, provider.name())
                .set(MODEL_PROVIDERS.TYPE, provider.type())
                .set(MODEL_PROVIDERS.DESCRIPTION, provider.description())
                .set(MODEL_PROVIDERS.BASE_URL, provider.baseUrl())
                .set(MODEL_PROVIDERS.CONFIGURATION, Columns.jsonb(provider.configuration()))
                .set(MODEL_PROVIDERS.IS_DEFAULT, provider.isDefault())
                .returning()
                .fetchSingle(row -> ModelRows.provider(row));
    }

    Optional<ModelProvider> find(UUID id) {
        return findWhere(MODEL_PROVIDERS.ID.eq(id));
    }

    Optional<ModelProvider> findByName(String name) {
        return findWhere(MODEL_PROVIDERS.NAME.eq(name));
    }

    Optional<ModelProvider> findDefault() {
        return findWhere(condition(MODEL_PROVIDERS.IS_DEFAULT));
    }

    private Optional<ModelProvider> findWhere(Condition condition) {
        return session.run(dsl -> dsl.select(ModelRows.PROVIDER)
                .from(MODEL_PROVIDERS)
                .where(ofTenant().and(condition))
                .fetchOptional(row -> ModelRows.provider(row)));
    }

    Page<ModelProvider> list(ModelProviderFilter filter, PageRequest page) {
        Keyset keyset =
                Keyset.ascending(List.of("model_providers", session.organizationId(), filter), MODEL_PROVIDERS.NAME);
        return session.run(dsl -> keyset.fetch(
                dsl,
                dsl.select(ModelRows.PROVIDER)
                        .from(MODEL_PROVIDERS)
                        .where(ofTenant().and(matches(filter))),
                page,
                row -> ModelRows.provider(row)));
    }

    private static Condition matches(ModelProviderFilter filter) {
        Condition type = filter.type().map(MODEL_PROVIDERS.TYPE::eq).orElse(noCondition());
        Condition active = filter.active().map(MODEL_PROVIDERS.ACTIVE::eq).orElse(noCondition());
        Condition text = filter.text()
                .map(part -> MODEL_PROVIDERS
                        .NAME
                        .containsIgnoreCase(part)
                        .or(MODEL_PROVIDERS.DESCRIPTION.containsIgnoreCase(part)))
                .orElse(noCondition());
        return type.and(active).and(text);
    }

    ModelProvider update(UUID id, LegacyChanges changes) {
        boolean deactivates = Boolean.FALSE.equals(changes.values().get("active"));
        return ModelRows.provider(apply(id, deactivates ? changes.set("is_default", false) : changes));
    }

    void setEncryptedApiKey(UUID id, byte @Nullable [] ciphertext) {
        apply(id, LegacyChanges.none().set("encrypted_api_key", ciphertext));
    }

    private ModelProvidersRecord apply(UUID id, LegacyChanges changes) {
        Condition key = ofTenant().and(MODEL_PROVIDERS.ID.eq(id));
        return new LegacyRowUpdate<>(MODEL_PROVIDERS, WHAT, key, id).apply(session.session(), changes);
    }

    Optional<byte[]> findEncryptedApiKey(UUID id) {
        return session.run(dsl -> dsl.select(MODEL_PROVIDERS.ENCRYPTED_API_KEY)
                .from(MODEL_PROVIDERS)
                .where(ofTenant().and(MODEL_PROVIDERS.ID.eq(id)))
                .and(MODEL_PROVIDERS.ENCRYPTED_API_KEY.isNotNull())
                .fetchOptional(MODEL_PROVIDERS.ENCRYPTED_API_KEY));
    }

    /** Two statements, for the unique index on the default looks at each row as it changes. */
    ModelProvider setDefault(UUID id) {
        return session.transaction(tx -> {
            lock(tx);
            tx.run(dsl -> clearDefault(dsl, MODEL_PROVIDERS.ID.ne(id)));
            return tx.run(dsl -> dsl.update(MODEL_PROVIDERS)
                            .set(MODEL_PROVIDERS.IS_DEFAULT, true)
                            .where(ofTenant().and(MODEL_PROVIDERS.ID.eq(id)))
                            .returning()
                            .fetchOptional())
                    .map(row -> ModelRows.provider(row))
                    .orElseThrow(() -> new NotFoundException(WHAT, id));
        });
    }

    void clearDefault() {
        session.write(dsl -> clearDefault(dsl, noCondition()));
    }

    private int clearDefault(DSLContext dsl, Condition which) {
        return dsl.update(MODEL_PROVIDERS)
                .set(MODEL_PROVIDERS.IS_DEFAULT, false)
                .where(ofTenant().and(condition(MODEL_PROVIDERS.IS_DEFAULT)).and(which))
                .execute();
    }

    /**
     * Locks the organization's providers against whoever else would move the default or install a catalogue: by the row
     * of the organization, since there may be no provider yet. Foreign keys to it are not held up.
     *
     * @return whether the organization is there
     */
    static boolean lock(TenantSession tx) {
        return tx.run(dsl -> dsl.select(ORGANIZATIONS.ID)
                        .from(ORGANIZATIONS)
                        .where(ORGANIZATIONS.ID.eq(tx.organizationId()))
                        .forNoKeyUpdate()
                        .fetchOptional())
                .isPresent();
    }

    private Condition ofTenant() {
        return MODEL_PROVIDERS.ORGANIZATION_ID.eq(session.organizationId());
    }
}
