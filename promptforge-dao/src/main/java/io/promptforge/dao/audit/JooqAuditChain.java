package io.promptforge.dao.audit;

import static io.promptforge.schema.jooq.Tables.AUDIT_ENTRIES;
import static io.promptforge.schema.jooq.Tables.AUDIT_LOGS;
import static io.promptforge.schema.jooq.Tables.AUDIT_TRANSACTIONS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.list;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.audit.AuditFault.Kind;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.jooq.tables.AuditEntries;
import io.promptforge.schema.jooq.tables.records.AuditLogsRecord;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.impl.SQLDataType;

/** The chain of a tenant's transactions, in one snapshot. */
final class JooqAuditChain {
    /** Bounds the memory, and the time of a statement. */
    private static final int BATCH_SIZE = 1_000;

    private final TenantSession tx;
    private final UUID organization;
    private final AuditLogsRecord log;

    private JooqAuditChain(TenantSession tx, AuditLogsRecord log) {
        this.tx = tx;
        this.organization = tx.organizationId();
        this.log = log;
    }

    static JooqAuditChain of(TenantSession tx) {
        return new JooqAuditChain(
                tx,
                tx.run(dsl -> dsl.selectFrom(AUDIT_LOGS)
                                .where(AUDIT_LOGS.ORGANIZATION_ID.eq(tx.organizationId()))
                                .fetchOptional())
                        .orElseGet(JooqAuditChain::empty));
    }

    private static AuditLogsRecord empty() {
        AuditLogsRecord none = new AuditLogsRecord();
        none.setLastNumber(0L);
        none.setLastHash(new byte[0]);
        none.setCutNumber(0L);
        none.setCutHash(new byte[0]);
        return none;
    }

    AuditDigest digest() {
        return new AuditDigest(organization, log.getLastNumber(), hex(log.getLastHash()));
    }

    AuditVerification verify(AuditDigest digest) {
        AuditVerification verified = verify();
        return verified.isIntact() && !has(digest)
                ? new AuditVerification(
                        verified.transactions(), Optional.of(new AuditFault(Kind.DIGEST_DIFFERS, digest.number())))
                : verified;
    }

    /** Whether the chain, which is intact, has the transaction of the digest. */
    private boolean has(AuditDigest digest) {
        if (!digest.organizationId().equals(organization)) {
            return false;
        }
        if (digest.number() < log.getCutNumber()) {
            throw new InvalidValueException(
                    "digest",
                    "The log was cut after the transaction " + digest.number() + ", up to " + log.getCutNumber() + ".",
                    "Give a later digest.",
                    null);
        }
        return digest.number() == log.getCutNumber()
                ? digest.hash().equals(hex(log.getCutHash()))
                : tx.run(dsl -> dsl.fetchExists(
                        AUDIT_TRANSACTIONS,
                        AUDIT_TRANSACTIONS
                                .ORGANIZATION_ID
                                .eq(organization)
                                .and(AUDIT_TRANSACTIONS.NUMBER.eq(digest.number()))
                                .and(AUDIT_TRANSACTIONS.HASH.eq(HexFormat.of().parseHex(digest.hash())))));
    }

    AuditVerification verify() {
        long number = log.getCutNumber();
        byte[] hash = log.getCutHash();
        List<Record3<Long, byte[], byte[]>> batch;
        do {
            batch = after(number, hash);
            for (Record3<Long, byte[], byte[]> transaction : batch) {
                number++;
                if (transaction.value1() != number) {
                    return faulty(Kind.MISSING, number);
                }
                hash = transaction.value2();
                if (!Arrays.equals(hash, transaction.value3())) {
                    return faulty(Kind.CHANGED, number);
                }
            }
        } while (batch.size() == BATCH_SIZE);
        if (number != log.getLastNumber() || !Arrays.equals(hash, log.getLastHash())) {
            return faulty(Kind.END_CHANGED, number);
        }
        if (hasOthers()) {
            return faulty(Kind.NOT_CHAINED, number);
        }
        return log.getCutNumber() == 0 || isCutRecorded()
                ? new AuditVerification(number - log.getCutNumber(), Optional.empty())
                : faulty(Kind.CUT_NOT_RECORDED, log.getCutNumber());
    }

    private AuditVerification faulty(Kind kind, long number) {
        return new AuditVerification(number - log.getCutNumber(), Optional.of(new AuditFault(kind, number)));
    }

    /** The next transactions: number, stored hash, and the hash as it should be. */
    private List<Record3<Long, byte[], byte[]>> after(long number, byte[] hash) {
        Field<byte[]> previous =
                coalesce(lag(AUDIT_TRANSACTIONS.HASH).over(orderBy(AUDIT_TRANSACTIONS.NUMBER)), val(hash));
        AuditEntries entry = AUDIT_ENTRIES.as("e");
        Field<byte[]> digest = field(
                "{0}({1})",
                SQLDataType.BLOB,
                function("audit_digest"),
                list(
                        entry.ID,
                        entry.ACTOR_TYPE,
                        entry.ACTOR_ID,
                        entry.DATABASE_ROLE,
                        entry.ACTION,
                        entry.TABLE_NAME,
                        entry.ROW_ID,
                        entry.BEFORE,
                        entry.AFTER,
                        entry.CREATED_AT));
        Field<byte[]> digests = field(select(field("string_agg({0}, '' ORDER BY {0})", SQLDataType.BLOB, digest))
                .from(entry)
                .where(entry.ORGANIZATION_ID.eq(organization))
                .and(entry.TRANSACTION_ID.eq(AUDIT_TRANSACTIONS.ID)));
        Field<byte[]> computed = field(
                "{0}({1}, {2}, {3}, {4}, {5}, {6})",
                SQLDataType.BLOB,
                function("audit_hash"),
                AUDIT_TRANSACTIONS.ORGANIZATION_ID,
                previous,
                AUDIT_TRANSACTIONS.NUMBER,
                AUDIT_TRANSACTIONS.ID,
                AUDIT_TRANSACTIONS.CREATED_AT,
                digests);
        return tx.run(dsl -> dsl.select(AUDIT_TRANSACTIONS.NUMBER, AUDIT_TRANSACTIONS.HASH, computed)
                .from(AUDIT_TRANSACTIONS)
                .where(AUDIT_TRANSACTIONS.ORGANIZATION_ID.eq(organization))
                .and(AUDIT_TRANSACTIONS.NUMBER.gt(number))
                .orderBy(AUDIT_TRANSACTIONS.NUMBER)
                .limit(BATCH_SIZE)
                .fetch());
    }

    /** Whether there is anything outside of the chain, except for what the present transaction has changed. */
    private boolean hasOthers() {
        Field<UUID> present = field("{0}()", SQLDataType.UUID, function("current_audit_transaction"));
        return tx.run(dsl -> dsl.fetchExists(
                        AUDIT_TRANSACTIONS,
                        AUDIT_TRANSACTIONS
                                .ORGANIZATION_ID
                                .eq(organization)
                                .and(AUDIT_TRANSACTIONS.NUMBER.le(log.getCutNumber())))
                || dsl.fetchExists(
                        AUDIT_ENTRIES,
                        AUDIT_ENTRIES
                                .ORGANIZATION_ID
                                .eq(organization)
                                .and(AUDIT_ENTRIES.TRANSACTION_ID.ne(present))
                                .and(notExists(selectOne()
                                        .from(AUDIT_TRANSACTIONS)
                                        .where(AUDIT_TRANSACTIONS.ORGANIZATION_ID.eq(organization))
                                        .and(AUDIT_TRANSACTIONS.ID.eq(AUDIT_ENTRIES.TRANSACTION_ID))))));
    }

    private boolean isCutRecorded() {
        return tx.run(dsl -> dsl.fetchExists(
                AUDIT_ENTRIES,
                AUDIT_ENTRIES
                        .ORGANIZATION_ID
                        .eq(organization)
                        .and(AUDIT_ENTRIES.TABLE_NAME.eq(AUDIT_LOGS.getName()))
                        .and(field("{0} ->> 'cut_hash'", SQLDataType.VARCHAR, AUDIT_ENTRIES.AFTER)
                                .eq(hex(log.getCutHash())))));
    }

    private Field<?> function(String function) {
        return field(name(tx.session().schema(), function));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
