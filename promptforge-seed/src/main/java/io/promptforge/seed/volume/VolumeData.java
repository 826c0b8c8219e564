package io.promptforge.seed.volume;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.organization.Organization;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Fills a migrated database with traces, for load tests. Each seed has an organization of its own, with three projects, a prompt
 * in each, two providers and their models, and any number of spans. Loads with equal seed, time and number of spans write equal rows in
 * every database, except for {@code created_at}, {@code updated_at} and {@code redacted_at}.
 *
 * <pre>{@code
 * VolumeData.of(1, Instant.parse("2026-08-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"), 10_000_000)
 *         .load(dataSource);
 * }</pre>
 *
 * <p>Traces are written by {@code TraceRepository.record} over several connections, in transactions of about 1,000 spans, so
 * that a load is also a load test of the library. Calling a load again after it failed writes the missing traces; with a greater
 * number it writes the additional traces, with an equal or smaller one it writes nothing. Every load ends by reading all of
 * its traces back and comparing their totals. Memory use does not depend on the number of spans.
 *
 * <p>Immutable and thread-safe. Of two concurrent loads of one seed, one may fail.
 */
public final class VolumeData {
    private static final int SPANS_PER_TRACE = 10;
    private static final int MOST_CONNECTIONS = 32;

    private final VolumeOrganization organization;
    private final VolumeTraces traces;
    private final long spans;
    private final int connections;

    private VolumeData(VolumeOrganization organization, VolumeTraces traces, long spans, int connections) {
        this.organization = organization;
        this.traces = traces;
        this.spans = spans;
        this.connections = connections;
    }

    /**
     * Volume data of a number of spans, spread evenly over a time.
     *
     * @param seed the seed of all random values, and part of the organization's name; 0 or more
     * @param from the earliest start of a trace
     * @param until the time before which the last trace starts; after {@code from}
     * @param spans the number of spans, at least 1; exceeded by the rest of the last trace
     * @throws InvalidValueException if a value is not accepted
     */
    public static VolumeData of(long seed, Instant from, Instant until, long spans) {
        require(seed >= 0, "seed", "0 or more");
        require(spans > 0, "spans", "at least 1");
        VolumeOrganization organization = new VolumeOrganization(seed);
        VolumeSpec spec = VolumeSpec.of(organization.projectIds(), from, until, Math.max(1, spans / SPANS_PER_TRACE))
                .withSeed(seed)
                .withPromptVersions(organization.promptVersionIds())
                .withSpansPerTrace(SPANS_PER_TRACE);
        return new VolumeData(organization, new VolumeTraces(spec), spans, 2);
    }

    /**
     * The volume data that was loaded with a seed, completely or not, with its time and number of spans. Empty if no load of
     * this seed has begun.
     *
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static Optional<VolumeData> loaded(DataSource dataSource, PromptForgeSettings settings, long seed) {
        return PromptForge.create(dataSource, settings)
                .organizations()
                .find(new VolumeOrganization(seed).id())
                .flatMap(organization -> VolumeSettings.read(organization.settings()))
                .map(stored -> of(seed, stored.from(), stored.until(), stored.spans()));
    }

    /** A copy that writes with another number of connections, 1 to 32. The default is 2. */
    public VolumeData withConnections(int number) {
        require(number >= 1 && number <= MOST_CONNECTIONS, "connections", "1 to " + MOST_CONNECTIONS);
        return new VolumeData(organization, traces, spans, number);
    }

    /** The id of the organization that has the traces. The first load creates it. */
    public UUID organizationId() {
        return organization.id();
    }

    /** The traces that are written. */
    public VolumeTraces traces() {
        return traces;
    }

    /**
     * Loads the spans that are missing, into the schema {@code promptforge}.
     *
     * @return the stored totals
     * @throws VolumeDataException if a statement fails, or the stored rows differ from what was written
     * @throws io.promptforge.dao.error.RetryableException if there is no connection
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public VolumeResult load(DataSource dataSource) {
        return load(dataSource, PromptForgeSettings.defaults(), spans, progress -> {});
    }

    /**
     * Loads those of the first spans that are missing.
     *
     * @param number how many spans are to be stored in all, at least 1; traces beyond the number given to {@link #of} start
     *     after {@code until}, at the same rate
     * @param progress called after each chunk, on the writing threads, by one thread at a time; an exception ends the load
     * @return the stored totals
     * @throws InvalidValueException if the number is not accepted
     * @throws VolumeDataException if a statement fails, or the stored rows differ from what was written
     * @throws io.promptforge.dao.error.RetryableException if there is no connection
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public VolumeResult load(
            DataSource dataSource, PromptForgeSettings settings, long number, Consumer<VolumeProgress> progress) {
        require(number > 0, "spans", "at least 1");
        VolumeStore store = new VolumeStore(organization, dataSource, settings);
        boolean present = store.organization().isPresent();
        try {
            if (!present) {
                Crew.run(dataSource, connection -> store.prepare(connection, own()));
            }
            requireOwn(store.organization().orElseThrow());
            return new VolumeLoad(dataSource, store, traces, connections, progress).load(organizationId(), number);
        } catch (VolumeDataException e) {
            throw e;
        } catch (SQLException | PromptForgeException e) {
            throw new VolumeDataException(
                    "The load broke off. What was written stays; the same load, called again, continues from there.",
                    e);
        }
    }

    private VolumeSettings own() {
        return new VolumeSettings(traces.spec().from(), traces.spec().until(), spans);
    }

    private void requireOwn(Organization present) {
        Optional<VolumeSettings> stored = VolumeSettings.read(present.settings());
        if (!stored.equals(Optional.of(own()))) {
            throw new VolumeDataException(
                    "The organization " + organization.slug() + " has "
                            + stored.map(VolumeSettings::toString).orElse("settings of its own") + ", not " + own()
                            + "; go on with those, or choose another seed.",
                    null);
        }
    }

    private static void require(boolean held, String field, String rule) {
        if (!held) {
            throw new InvalidValueException(
                    field, "The field " + field + " is not accepted.", "Give " + rule + ".", null);
        }
    }
}
