package io.promptforge.seed.volume;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.organization.OrganizationRepository;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Fills a migrated database with traces, for load tests: an organization of its own for each seed, with three projects,
 * two providers and their models, and any number of spans. The same seed, time and number give the same rows in every
 * database, but for {@code created_at} and {@code updated_at}.
 *
 * <pre>{@code
 * VolumeData.of(1, Instant.parse("2026-08-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"), 10_000_000)
 *         .load(dataSource);
 * }</pre>
 *
 * <p>Rows are as {@code TraceRepository.record} would store the traces, but are written by COPY over several connections, in
 * transactions of some 1,000 spans. A load that broke off is called again and writes what is missing; called with a greater
 * number it goes on, called with the same it writes nothing. Every load ends by reading everything back.
 *
 * <p>Immutable and thread-safe; but two loads of one seed at once get in each other's way, and one of them fails.
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
     * So many spans, spread over a time.
     *
     * @param seed what all randomness comes from, and part of the organization's name; 0 or more
     * @param from when the first trace starts, at the earliest
     * @param until when the last has started; after {@code from}
     * @param spans how many, at least 1; the last trace is written whole
     * @throws InvalidValueException if a value is not accepted
     */
    public static VolumeData of(long seed, Instant from, Instant until, long spans) {
        require(seed >= 0, "seed", "0 or more");
        require(spans > 0, "spans", "at least 1");
        VolumeOrganization organization = new VolumeOrganization(seed);
        VolumeSpec spec = VolumeSpec.of(organization.projectIds(), from, until, Math.max(1, spans / SPANS_PER_TRACE))
                .withSeed(seed)
                .withSpansPerTrace(SPANS_PER_TRACE);
        return new VolumeData(organization, new VolumeTraces(spec), spans, 2);
    }

    /**
     * What was loaded with this seed, or began to be: to go on with it without knowing its time and number. Empty where
     * nothing was.
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

    /** The same with another number of connections, 1 to 32, instead of 2. */
    public VolumeData withConnections(int number) {
        require(number >= 1 && number <= MOST_CONNECTIONS, "connections", "1 to " + MOST_CONNECTIONS);
        return new VolumeData(organization, traces, spans, number);
    }

    /** The organization that gets the traces; whether it is there yet or not. */
    public UUID organizationId() {
        return organization.id();
    }

    /** The traces, such as they are written. */
    public VolumeTraces traces() {
        return traces;
    }

    /**
     * Loads what is missing of its spans, into the schema {@code promptforge}.
     *
     * @return what is there now
     * @throws VolumeDataException if the database refuses something, or what was read back is not what was written
     * @throws io.promptforge.dao.error.RetryableException if there is no connection
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public VolumeResult load(DataSource dataSource) {
        return load(dataSource, PromptForgeSettings.defaults(), spans, progress -> {});
    }

    /**
     * Loads what is missing of the first so many spans.
     *
     * @param number how many, at least 1; more than its own go on after its time, at the same pace
     * @param progress gets to know how far it is, after each chunk; on the loading threads, but on one at a time
     * @return what is there now
     * @throws InvalidValueException if the number is not accepted
     * @throws VolumeDataException if the database refuses something, or what was read back is not what was written
     * @throws io.promptforge.dao.error.RetryableException if there is no connection
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public VolumeResult load(
            DataSource dataSource, PromptForgeSettings settings, long number, Consumer<VolumeProgress> progress) {
        require(number > 0, "spans", "at least 1");
        OrganizationRepository organizations =
                PromptForge.create(dataSource, settings).organizations();
        VolumeStore store = new VolumeStore(organization, settings.schema());
        try {
            if (organizations.find(organizationId()).isEmpty()) {
                Crew.run(dataSource, connection -> store.prepare(connection, own()));
            }
            requireOwn(organizations.find(organizationId()));
            return new VolumeLoad(dataSource, store, traces, connections, progress).load(organizationId(), number);
        } catch (SQLException e) {
            throw new VolumeDataException(
                    "The load broke off. What was written stays; the same load, called again, goes on from there.", e);
        }
    }

    private VolumeSettings own() {
        return new VolumeSettings(traces.spec().from(), traces.spec().until(), spans);
    }

    private void requireOwn(Optional<Organization> present) {
        if (present.isEmpty()) {
            throw new VolumeDataException(
                    "There is another organization named " + organization.name() + " or " + organization.slug()
                            + "; choose another seed.",
                    null);
        }
        Optional<VolumeSettings> stored = VolumeSettings.read(present.get().settings());
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
            throw new InvalidValueException(field, "The field " + field + " must be " + rule + ".", null);
        }
    }
}
