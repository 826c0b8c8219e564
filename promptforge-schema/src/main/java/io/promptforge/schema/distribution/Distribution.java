package io.promptforge.schema.distribution;

import io.promptforge.schema.MigrationException;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.distribution.DistributionException.Reason;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Distributes the tables of a schema over the workers of a Citus cluster, in place and with their rows, and brings them back.
 *
 * <pre>{@code
 * Distribution distribution = Distribution.of(coordinator);
 * distribution.plan().obstacles().forEach(obstacle -> log.warn("{}: {}", obstacle.problem(), obstacle.remedy()));
 * distribution.apply();
 * }</pre>
 *
 * <p>Each tenant's rows, of all tables, come to one worker: organizations are distributed by their id, all other tables by
 * {@code organization_id}. What must be unique over the platform, such as e-mail addresses, the database refuses no more; the library
 * does instead, so services of this release or a later one must write it.
 *
 * <p>Both directions take one connection to the coordinator, whose role owns the tables and is not confined by row-level security, and one
 * transaction. Until it ends, writers of the tables wait, or get the error of their own {@code lock_timeout}; what they write afterwards is
 * where the tables then are. Call them outside of a transaction. {@link #apply} distributes only what is not distributed yet; later
 * migrations distribute the tables that they make. Instances are immutable and thread-safe.
 */
public final class Distribution {
    private static final int MOST_SHARDS = 64_000;

    private final DataSource dataSource;
    private final String schema;
    private final OptionalInt shards;
    private final Consumer<DistributionProgress> listener;

    private Distribution(
            DataSource dataSource, String schema, OptionalInt shards, Consumer<DistributionProgress> listener) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.shards = shards;
        this.listener = listener;
    }

    /** The distribution of the schema {@code promptforge}. Opens no connection yet. */
    public static Distribution of(DataSource coordinator) {
        Objects.requireNonNull(coordinator, "coordinator");
        return new Distribution(coordinator, "promptforge", OptionalInt.empty(), progress -> {});
    }

    /**
     * The distribution of another schema.
     *
     * @throws MigrationException if the name is not allowed
     */
    public Distribution schema(String name) {
        Migrations.of(dataSource).schema(name);
        return new Distribution(dataSource, name, shards, listener);
    }

    /**
     * A distribution over this number of shards, instead of the server's {@code citus.shard_count}. It is the greatest number of workers
     * that the rows can ever be spread over. Of no effect when the schema is distributed already.
     *
     * @param number 1 to 64,000; 2 to 4 times the number of CPU cores that all workers are to have is usual
     * @throws DistributionException if it is out of range
     */
    public Distribution shards(int number) {
        if (number < 1 || number > MOST_SHARDS) {
            throw new DistributionException(
                    Reason.INVALID_ARGUMENT, "The number of shards is " + number, "Give 1 to " + MOST_SHARDS);
        }
        return new Distribution(dataSource, schema, OptionalInt.of(number), listener);
    }

    /** A distribution that reports its progress, from the calling thread. */
    public Distribution progress(Consumer<DistributionProgress> consumer) {
        return new Distribution(dataSource, schema, shards, Objects.requireNonNull(consumer, "consumer"));
    }

    /**
     * What {@link #apply} would do, with what stands in its way. Changes and locks nothing; also works on a server without Citus.
     *
     * @throws DistributionException if there is no connection or the server refuses
     */
    public DistributionPlan plan() {
        return run().plan();
    }

    /**
     * The SQL that {@link #apply} would run now, for an administrator to read and to run by psql. Also works on a server without Citus.
     *
     * @throws DistributionException as {@link #plan}
     */
    public String script() {
        return run().script();
    }

    /**
     * Distributes the tables that are not distributed yet; does nothing if all are. Reads pass meanwhile, but for the tables whose keys
     * change; writes wait. Then a second, short transaction, during which reads wait too, frees the room of the old rows on the
     * coordinator.
     *
     * @return the tables that were distributed now
     * @throws DistributionException if something is missing, tables are locked for 5 minutes, or the server refuses; then nothing was
     *     changed, unless the message says that only the room was not freed, which a repetition does
     */
    public DistributionReport apply() {
        return run().apply();
    }

    /**
     * Brings all tables back to the coordinator, with the keys that are unique over the platform. It needs room for all rows there. Reads
     * and writes wait meanwhile.
     *
     * @return the tables that were brought back
     * @throws DistributionException as {@link #apply}, and if a value is there twice that must be unique over the platform
     */
    public DistributionReport undo() {
        return run().undo();
    }

    /** The names of the tables of this schema that are distributed. Empty also on a server without Citus. */
    public List<String> distributed() {
        return plan().tables().stream()
                .filter(TablePlan::distributed)
                .map(TablePlan::table)
                .toList();
    }

    private DistributionRun run() {
        return new DistributionRun(dataSource, schema, shards, listener);
    }
}
