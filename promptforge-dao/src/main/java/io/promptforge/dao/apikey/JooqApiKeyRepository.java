package io.promptforge.dao.apikey;

import static io.promptforge.schema.jooq.Tables.API_KEYS;
import static org.jooq.impl.DSL.coalesce;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Moments;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.secret.KeyedHash;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.Condition;

/** Stores keys by jOOQ. */
public final class JooqApiKeyRepository implements ApiKeyRepository {
    /** How exact the time of the last use is, so that few uses of a key write. */
    private static final Duration USE_INTERVAL = Duration.ofHours(1);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(366);

    private static final ListInsert<?, ApiKey> LIST = new ListInsert<>(API_KEYS, ApiKeyRows.KEY, ApiKey::id);

    private final TenantSession session;
    private final KeyedHash hashes;

    /** The keys of a session's tenant. */
    public JooqApiKeyRepository(TenantSession session, KeyedHash hashes) {
        this.session = session;
        this.hashes = hashes;
    }

    /**
     * A key that is accepted, with its tenant.
     *
     * @param organizationId the tenant
     * @param key the key
     */
    public record Accepted(UUID organizationId, ApiKey key) {}

    /** The key with this text, if it is accepted now. */
    public static Optional<Accepted> authenticate(Session session, KeyedHash hashes, String text) {
        return ApiKeyText.parse(text).flatMap(parsed -> {
            TenantSession ofTenant = TenantSession.of(session, parsed.organizationId());
            return new JooqApiKeyRepository(ofTenant, hashes)
                    .accept(parsed)
                    .map(key -> new Accepted(ofTenant.organizationId(), key));
        });
    }

    private Optional<ApiKey> accept(ApiKeyText text) {
        Instant now = Instant.now();
        Optional<ApiKey> accepted = session.run(dsl -> ApiKeyRows.STORED.fetchOptional(
                        dsl.select(ApiKeyRows.STORED.fields()).from(API_KEYS).where(is(text.id()))))
                .filter(stored -> stored.accepts(hashes.of(text.text()), now))
                .map(StoredApiKey::key);
        accepted.filter(key -> key.lastUsedAt()
                        .filter(now.minus(USE_INTERVAL)::isBefore)
                        .isEmpty())
                .ifPresent(key -> noteUse(key, now));
        return accepted;
    }

    /** Without waiting for the disk; of several uses at once, one writes. */
    private void noteUse(ApiKey key, Instant now) {
        session.session().writeWithoutWaiting(dsl -> dsl.update(API_KEYS)
                .set(API_KEYS.LAST_USED_AT, now)
                .where(is(key.id()))
                .and(API_KEYS.LAST_USED_AT.isNull().or(API_KEYS.LAST_USED_AT.le(now.minus(USE_INTERVAL))))
                .execute());
    }

    @Override
    public IssuedApiKey create(NewApiKey key) {
        Check.present("key", key);
        ApiKeyText text = ApiKeyText.random(session.organizationId(), Ids.next());
        return new IssuedApiKey(
                session.write(dsl -> ApiKeyRows.KEY.fetchSingle(dsl.insertInto(API_KEYS)
                        .set(API_KEYS.ORGANIZATION_ID, session.organizationId())
                        .set(API_KEYS.ID, text.id())
                        .set(API_KEYS.HASH, hashes.of(text.text()))
                        .set(API_KEYS.PROJECT_IDS, key.projects())
                        .set(key.values().of(API_KEYS))
                        .returning(ApiKeyRows.KEY.fields()))),
                text.text());
    }

    @Override
    public List<IssuedApiKey> create(List<NewApiKey> keys) {
        List<NewApiKey> given = Check.list("keys", keys);
        List<ApiKeyText> texts = given.stream()
                .map(key -> ApiKeyText.random(session.organizationId(), Ids.next()))
                .toList();
        List<ColumnValues> rows = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            rows.add(given.get(i)
                    .values()
                    .with("id", texts.get(i).id())
                    .with("hash", hashes.of(texts.get(i).text()))
                    .with("project_ids", given.get(i).projects()));
        }
        List<ApiKey> created = ListInsert.store(session, "keys", rows, LIST::insert);
        return IntStream.range(0, created.size())
                .mapToObj(i -> new IssuedApiKey(created.get(i), texts.get(i).text()))
                .toList();
    }

    @Override
    public Optional<ApiKey> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> ApiKeyRows.KEY.fetchOptional(
                dsl.select(ApiKeyRows.KEY.fields()).from(API_KEYS).where(is(id))));
    }

    @Override
    public Map<UUID, ApiKey> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, API_KEYS, API_KEYS.ORGANIZATION_ID, API_KEYS.ID, ids, ApiKeyRows.KEY);
    }

    @Override
    public Page<ApiKey> list(ApiKeyFilter filter, PageRequest page) {
        return ApiKeyList.LIST.page(session, Check.present("filter", filter).criteria(), ApiKeyList.BY_NAME, page);
    }

    @Override
    public long count(ApiKeyFilter filter) {
        return ApiKeyList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public IssuedApiKey rotate(UUID id, Duration overlap) {
        Check.present("id", id);
        Instant until = Instant.now().plus(checked(overlap));
        ApiKeyText text = ApiKeyText.random(session.organizationId(), id);
        Optional<ApiKey> rotated = session.write(dsl -> ApiKeyRows.KEY.fetchOptional(dsl.update(API_KEYS)
                .set(API_KEYS.PREVIOUS_HASH, API_KEYS.HASH)
                .set(API_KEYS.PREVIOUS_UNTIL, until)
                .set(API_KEYS.HASH, hashes.of(text.text()))
                .where(is(id))
                .and(API_KEYS.REVOKED_AT.isNull())
                .returning(ApiKeyRows.KEY.fields())));
        return new IssuedApiKey(rotated.orElseThrow(() -> refusal(id)), text.text());
    }

    private RuntimeException refusal(UUID id) {
        return find(id).isPresent()
                ? IllegalTransitionException.between("API key", id, "revoked", "active", null)
                : new NotFoundException("API key", id);
    }

    private static Duration checked(Duration overlap) {
        Check.present("overlap", overlap);
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new InvalidValueException(
                    "overlap",
                    "The field overlap is " + overlap + ".",
                    "Give zero to " + LONGEST_OVERLAP.toDays() + " days.",
                    null);
        }
        return overlap;
    }

    @Override
    public ApiKey revoke(UUID id) {
        Check.present("id", id);
        return session.write(dsl -> ApiKeyRows.KEY.fetchOptional(dsl.update(API_KEYS)
                        .set(
                                API_KEYS.REVOKED_AT,
                                coalesce(API_KEYS.REVOKED_AT, Moments.immutable(Instant.now(), API_KEYS.REVOKED_AT)))
                        .where(is(id))
                        .returning(ApiKeyRows.KEY.fields())))
                .orElseThrow(() -> new NotFoundException("API key", id));
    }

    private Condition is(UUID id) {
        return API_KEYS.ORGANIZATION_ID.eq(session.organizationId()).and(API_KEYS.ID.eq(id));
    }
}
