package io.promptforge.dao.internal.write;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

    /** Writes a user; a key that the values do not have is not written. */
    public static <T> T ofUser(TenantSession session, UUID id, ColumnValues values, Function<Session, T> write) {
        return claiming(
                session.session(),
                Stream.of(values.value("email"), values.value("sso_subject")),
                tx -> claimUser(tx, session.organizationId(), id, values),
                write);
    }

    /** Writes an organization; a key that the values do not have is not written. */
    public static <T> T ofOrganization(Session session, UUID id, ColumnValues values, Function<Session, T> write) {
        return claiming(
                session.as(id),
                Stream.of(values.value("name"), values.value("slug")),
                tx -> claimOrganization(tx, id, values),
                write);
    }

    /**
     * Claims the keys of new users, before any of them is written: Citus lets no function read for a confined role what the role has
     * written in the transaction.
     *
     * @throws FieldException if a value is taken, or is there twice, with the path of the user
     */
    public static void claimUsers(TenantSession tx, List<ColumnValues> rows) {
        if (tx.session().isDistributed()) {
            refuseRepeated("users", rows, "email", row -> lower(row.value("email")));
            refuseRepeated(
                    "users", rows, "sso_subject", row -> identity(row.value("sso_issuer"), row.value("sso_subject")));
            each("users", rows, row -> claimUser(tx.session(), tx.organizationId(), id(row), row));
        }
    }

    /** Claims the keys of new organizations as {@link #claimUsers}. */
    public static void claimOrganizations(Session tx, List<ColumnValues> rows) {
        if (tx.isDistributed()) {
            refuseRepeated("organizations", rows, "name", row -> row.value("name"));
            refuseRepeated("organizations", rows, "slug", row -> row.value("slug"));
            each("organizations", rows, row -> claimOrganization(tx.as(id(row)), id(row), row));
        }
    }

    private static <T> T claiming(
            Session session, Stream<@Nullable Object> keys, Consumer<Session> claim, Function<Session, T> write) {
        if (keys.allMatch(Objects::isNull) || !session.isDistributed()) {
            return write.apply(session);
        }
        return session.transaction(tx -> {
            claim.accept(tx);
            return write.apply(tx);
        });
    }

    private static void claimUser(Session tx, UUID organizationId, UUID id, ColumnValues values) {
        claim(
                tx,
                "claim_user_keys",
                val(organizationId),
                val(id),
                text(values.value("email")),
                text(values.value("sso_issuer")),
                text(values.value("sso_subject")));
    }

    private static void claimOrganization(Session tx, UUID id, ColumnValues values) {
        claim(tx, "claim_organization_keys", val(id), text(values.value("name")), text(values.value("slug")));
    }

    private static void claim(Session tx, String function, Field<?>... arguments) {
        tx.run(dsl -> dsl.select(function(name(tx.schema(), function), SQLDataType.OTHER, arguments))
                .execute());
    }

    /** Rows of one list do not see each other's claims. */
    private static void refuseRepeated(
            String list, List<ColumnValues> rows, String field, Function<ColumnValues, @Nullable Object> key) {
        Set<Object> seen = new HashSet<>();
        each(list, rows, row -> {
            Object value = key.apply(row);
            if (value != null && !seen.add(value)) {
                throw new AlreadyExistsException(
                        field,
                        "The field " + field + " has a value that is taken.",
                        "Give another value: another element of the list has it.",
                        null);
            }
        });
    }

    private static void each(String list, List<ColumnValues> rows, Consumer<ColumnValues> consumer) {
        ListInsert.each(list, rows, row -> {
            consumer.accept(row);
            return row;
        });
    }

    private static UUID id(ColumnValues row) {
        return Objects.requireNonNull(row.<UUID>get("id"));
    }

    /** As the index of e-mails: ASCII letters only. */
    private static @Nullable Object lower(@Nullable Object email) {
        return email == null
                ? null
                : email.toString()
                        .codePoints()
                        .map(letter -> letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter)
                        .boxed()
                        .toList();
    }

    private static @Nullable Object identity(@Nullable Object issuer, @Nullable Object subject) {
        return subject == null ? null : Arrays.asList(issuer, subject);
    }

    private static Field<String> text(@Nullable Object value) {
        return val(value == null ? null : value.toString(), SQLDataType.VARCHAR);
    }
}
