package io.promptforge.dao.internal.write;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.session.Session;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The values that are unique over the whole platform: e-mails, identities, names and slugs of organizations. An index holds them, except
 * on Citus, where an index only knows the rows of one shard: there a write claims its values first, in its transaction.
 */
public final class PlatformKeys {
    private PlatformKeys() {}

    /** Writes a user; of the keys, null means that the write does not set it. */
    public static <T> T ofUser(
            Session session,
            UUID organizationId,
            UUID id,
            @Nullable Object email,
            @Nullable Object issuer,
            @Nullable Object subject,
            Function<Session, T> write) {
        return claiming(
                session,
                write,
                "claim_user_keys",
                Stream.of(email, subject),
                val(organizationId),
                val(id),
                text(email),
                text(issuer),
                text(subject));
    }

    /** Writes an organization; of the keys, null means that the write does not set it. */
    public static <T> T ofOrganization(
            Session session, UUID id, @Nullable Object name, @Nullable Object slug, Function<Session, T> write) {
        return claiming(
                session, write, "claim_organization_keys", Stream.of(name, slug), val(id), text(name), text(slug));
    }

    private static <T> T claiming(
            Session session,
            Function<Session, T> write,
            String function,
            Stream<@Nullable Object> keys,
            Field<?>... arguments) {
        if (keys.allMatch(Objects::isNull) || !session.isDistributed()) {
            return write.apply(session);
        }
        return session.transaction(tx -> {
            tx.run(dsl -> dsl.select(function(name(session.schema(), function), SQLDataType.OTHER, arguments))
                    .execute());
            return write.apply(tx);
        });
    }

    private static Field<String> text(@Nullable Object value) {
        return val(value == null ? null : value.toString(), SQLDataType.VARCHAR);
    }
}
