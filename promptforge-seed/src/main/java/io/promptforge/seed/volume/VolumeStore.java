package io.promptforge.seed.volume;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.dao.trace.Redaction;
import io.promptforge.dao.trace.TraceChanges;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * The statements of a load. Traces are recorded by the repository; the organization is made by SQL, because the
 * repositories accept no ids and those of a load follow from its seed.
 */
final class VolumeStore {
    /** Longer than any trace takes, whose last spans may lie in the next month. */
    private static final Duration LONGEST_TRACE = Duration.ofDays(1);

    private static final TraceChanges RENAMED = TraceChanges.none().name("to be reviewed");
    private static final Redaction REDACTED = Redaction.of("Removed at the request of the customer.");

    private final VolumeOrganization organization;
    private final PromptForge forge;
    private final String schema;

    VolumeStore(VolumeOrganization organization, DataSource dataSource, PromptForgeSettings settings) {
        this.organization = organization;
        this.forge = PromptForge.create(dataSource, settings);
        this.schema = '"' + settings.schema().replace("\"", "\"\"") + '"';
    }

    Optional<Organization> organization() {
        return forge.organizations().find(organization.id());
    }

    /**
     * Inserts the organization with its projects, prompts, providers and models. Inserts nothing if another load has done so meanwhile.
     *
     * @throws VolumeDataException if another organization has its name or slug
     */
    void prepare(Connection connection, VolumeSettings settings) throws SQLException {
        UUID id = organization.id();
        claim(connection);
        int made = insert(
                connection,
                "organizations (id, name, slug, description, settings) VALUES (?, ?, ?, ?, ?::jsonb)",
                id,
                organization.name(),
                organization.slug(),
                "Generated traces, for load tests.",
                settings.json().text());
        if (made == 0) {
            return;
        }
        List<UUID> projects = organization.projectIds();
        for (int i = 0; i < projects.size(); i++) {
            insert(
                    connection,
                    "projects (organization_id, id, name, status) VALUES (?, ?, ?, 'active')",
                    id,
                    projects.get(i),
                    VolumeOrganization.PROJECTS.get(i));
            insert(
                    connection,
                    "prompts (organization_id, id, project_id, name, status, latest_version_number)"
                            + " VALUES (?, ?, ?, 'answer', 'active', 1)",
                    id,
                    organization.promptId(i),
                    projects.get(i));
            insert(
                    connection,
                    "prompt_versions (organization_id, id, prompt_id, version_number, messages) VALUES (?, ?, ?, 1, ?::json)",
                    id,
                    organization.promptVersionIds().get(i),
                    organization.promptId(i),
                    PromptMessage.toJson(List.of(PromptMessage.user("Answer: {{question}}")))
                            .text());
        }
        for (VolumeModel model : VolumeModel.ALL) {
            String provider = model.provider().name().toLowerCase(Locale.ROOT);
            insert(
                    connection,
                    "model_providers (organization_id, id, name, type) VALUES (?, ?, ?, ?)",
                    id,
                    organization.providerId(model),
                    provider,
                    provider);
            insert(
                    connection,
                    "ai_models (organization_id, id, provider_id, name, provider_model_id) VALUES (?, ?, ?, ?, ?)",
                    id,
                    organization.modelId(model),
                    organization.providerId(model),
                    model.name(),
                    model.name());
            insert(
                    connection,
                    "model_prices (organization_id, id, model_id, valid_from, rates)"
                            + " VALUES (?, ?, ?, ?, CAST(? AS jsonb))",
                    id,
                    organization.priceListId(model),
                    organization.modelId(model),
                    NewPriceList.ALWAYS.atOffset(ZoneOffset.UTC),
                    model.prices().toJson().text());
        }
    }

    /** On a cluster, no unique index refuses the name and the slug of another organization. */
    private void claim(Connection connection) throws SQLException {
        try (PreparedStatement claim =
                connection.prepareStatement("SELECT " + schema + ".claim_organization_keys(?, ?, ?)")) {
            claim.setObject(1, organization.id());
            claim.setString(2, organization.name());
            claim.setString(3, organization.slug());
            claim.execute();
        } catch (SQLException e) {
            if (SqlState.of(e).equals(SqlState.UNIQUE_VIOLATION)) {
                throw new VolumeDataException(
                        "There is another organization named " + organization.name() + " or " + organization.slug()
                                + "; choose another seed.",
                        e);
            }
            throw e;
        }
    }

    private int insert(Connection connection, String columnsAndValues, Object... values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + schema + "." + columnsAndValues + " ON CONFLICT DO NOTHING")) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            return insert.executeUpdate();
        }
    }

    /** Creates the partitions for the spans of traces that start within this time. */
    void partition(Connection connection, Instant first, Instant last) throws SQLException {
        YearMonth from = YearMonth.from(first.atOffset(ZoneOffset.UTC));
        YearMonth to = YearMonth.from(last.plus(LONGEST_TRACE).atOffset(ZoneOffset.UTC));
        try (PreparedStatement create =
                connection.prepareStatement("SELECT " + schema + ".create_span_partitions(?, ?)")) {
            create.setObject(1, from.atDay(1));
            create.setInt(2, (int) ChronoUnit.MONTHS.between(from, to) + 1);
            create.execute();
        }
    }

    /** The ids of those traces that are stored. */
    Set<UUID> stored(Connection connection, UUID[] ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM " + schema + ".traces WHERE organization_id = ? AND id = ANY (?)")) {
            select.setObject(1, organization.id());
            select.setArray(2, connection.createArrayOf("uuid", ids));
            Set<UUID> stored = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.add(rows.getObject(1, UUID.class));
                }
            }
            return stored;
        }
    }

    /**
     * Records traces in the transaction of this connection, and what people did to them. Its commit does not wait for the disk;
     * what a crash of the server loses is written by the next load.
     */
    void record(Connection connection, VolumeTraces traces, long... indexes) throws SQLException {
        execute(connection, "SET LOCAL synchronous_commit TO off");
        TraceRepository repository =
                forge.on(connection).tenant(organization.id()).traces();
        repository.record(LongStream.of(indexes).mapToObj(traces::trace).toList());
        for (long index : indexes) {
            TraceTraits traits = traces.traits(index);
            if (traits.renamed()) {
                repository.update(traces.id(index), RENAMED);
            }
            if (traits.redacted()) {
                repository.redact(traces.id(index), REDACTED);
            }
        }
    }

    /** The totals that these traces store for their spans. */
    Totals recorded(Connection connection, UUID[] ids) throws SQLException {
        return totals(
                connection,
                "count(*), sum(span_count), sum(input_tokens), sum(output_tokens), sum(cost) FROM " + schema
                        + ".traces WHERE organization_id = ? AND id = ANY (?)",
                ids);
    }

    /** The sums over the stored spans of these traces; without the agents, which repeat the usage of what they call. */
    Totals addedUp(Connection connection, UUID[] ids) throws SQLException {
        return totals(
                connection,
                "count(DISTINCT trace_id), count(*), sum(input_tokens) FILTER (WHERE kind <> 'agent'),"
                        + " sum(output_tokens) FILTER (WHERE kind <> 'agent'), sum(cost) FROM " + schema
                        + ".spans WHERE organization_id = ? AND trace_id = ANY (?)",
                ids);
    }

    private Totals totals(Connection connection, String sums, UUID[] ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + sums)) {
            select.setObject(1, organization.id());
            select.setArray(2, connection.createArrayOf("uuid", ids));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) == 0
                        ? Totals.NONE
                        : new Totals(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getBigDecimal(5));
            }
        }
    }

    void analyze(Connection connection) throws SQLException {
        execute(connection, "ANALYZE " + schema + ".traces, " + schema + ".spans");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
