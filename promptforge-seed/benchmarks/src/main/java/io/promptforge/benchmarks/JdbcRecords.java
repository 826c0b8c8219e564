package io.promptforge.benchmarks;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.dao.prompt.PromptRedaction;
import io.promptforge.dao.prompt.PromptVersion;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.ModelCall;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.TokenUsage;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceTotals;
import io.promptforge.dao.trace.ingest.SpanUsage;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PromptStatus;
import io.promptforge.schema.type.SpanKind;
import io.promptforge.schema.type.TemplateFormat;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the records of PromptForge from JDBC rows as by hand: column by column, by number, with typed getters. */
final class JdbcRecords {
    private static final Map<String, ExecutionStatus> STATUSES = byStoredName(ExecutionStatus.values());
    private static final Map<String, SpanKind> KINDS = byStoredName(SpanKind.values());
    private static final Map<String, TemplateFormat> TEMPLATE_FORMATS = byStoredName(TemplateFormat.values());
    private static final Map<String, PromptStatus> PROMPT_STATUSES = byStoredName(PromptStatus.values());

    /** The columns of a trace, in the order in which {@link #trace} reads them. */
    static final String TRACE =
            "id, project_id, parent_trace_id, external_id, name, status, started_at, ended_at, environment,"
                    + " session_id, end_user_id, prompt_version_id, model_id, provider_name, model_name, retry_count, error_type,"
                    + " error_message, tags, span_count, input_tokens, output_tokens, cost, unpriced_calls,"
                    + " unpriced_tokens, created_at, updated_at";

    /** The columns of a span, in the order in which {@link #span} reads them behind those of a trace. */
    static final String SPAN =
            "trace_id, id, parent_id, name, kind, status, started_at, ended_at, operation_name, provider_name,"
                    + " request_model, response_model, response_id, model_id, finish_reasons, temperature, max_tokens,"
                    + " time_to_first_token_us, input_tokens, output_tokens, cached_input_tokens, cache_creation_input_tokens,"
                    + " reasoning_output_tokens, usage, service_tier, cost, error_type, error_message";

    private JdbcRecords() {}

    /** A trace from the first 27 columns. */
    static Trace trace(ResultSet row) throws SQLException {
        return new Trace(
                id(row, 1),
                id(row, 2),
                optionalId(row, 3),
                optionalText(row, 4),
                row.getString(5),
                known(STATUSES, row.getString(6)),
                instant(row, 7),
                optionalInstant(row, 8),
                optionalText(row, 9),
                optionalText(row, 10),
                optionalText(row, 11),
                optionalId(row, 12),
                optionalId(row, 13),
                optionalText(row, 14),
                optionalText(row, 15),
                row.getInt(16),
                optionalText(row, 17),
                optionalText(row, 18),
                texts(row.getArray(19)),
                new TraceTotals(
                        row.getInt(20),
                        row.getLong(21),
                        row.getLong(22),
                        plain(row.getBigDecimal(23)),
                        row.getInt(24),
                        row.getLong(25)),
                instant(row, 26),
                instant(row, 27),
                Optional.empty());
    }

    /** A span from the 28 columns after those of the trace. */
    static Span span(ResultSet row) throws SQLException {
        return new Span(
                id(row, 28),
                id(row, 29),
                optionalId(row, 30),
                row.getString(31),
                known(KINDS, row.getString(32)),
                known(STATUSES, row.getString(33)),
                instant(row, 34),
                optionalInstant(row, 35),
                modelCall(row),
                optionalText(row, 54),
                optionalText(row, 55),
                Optional.empty());
    }

    private static ModelCall modelCall(ResultSet row) throws SQLException {
        double temperature = row.getDouble(43);
        OptionalDouble optionalTemperature = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(temperature);
        int maxTokens = row.getInt(44);
        OptionalInt optionalMaxTokens = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(maxTokens);
        long micros = row.getLong(45);
        Optional<Duration> timeToFirstToken =
                row.wasNull() ? Optional.empty() : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
        return new ModelCall(
                optionalText(row, 36),
                optionalText(row, 37),
                optionalText(row, 38),
                optionalText(row, 39),
                optionalText(row, 40),
                optionalId(row, 41),
                texts(row.getArray(42)),
                optionalTemperature,
                optionalMaxTokens,
                timeToFirstToken,
                new TokenUsage(
                        optionalLong(row, 46),
                        optionalLong(row, 47),
                        optionalLong(row, 48),
                        optionalLong(row, 49),
                        optionalLong(row, 50)),
                usage(row.getString(51)),
                optionalText(row, 52),
                Optional.ofNullable(row.getBigDecimal(53)).map(JdbcRecords::plain));
    }

    /** A prompt from the first 11 columns, and its version from the next 17. */
    static ResolvedPrompt resolved(ResultSet row) throws SQLException {
        return new ResolvedPrompt(
                new Prompt(
                        id(row, 1),
                        id(row, 2),
                        row.getString(3),
                        optionalText(row, 4),
                        optionalText(row, 5),
                        known(PROMPT_STATUSES, row.getString(6)),
                        optionalId(row, 7),
                        row.getInt(8),
                        optionalId(row, 9),
                        instant(row, 10),
                        instant(row, 11)),
                new PromptVersion(
                        id(row, 12),
                        id(row, 13),
                        row.getInt(14),
                        known(TEMPLATE_FORMATS, row.getString(15)),
                        PromptMessage.fromJson(Json.parse(row.getString(16))),
                        Json.parse(row.getString(17)),
                        optionalText(row, 18).map(Json::parse),
                        Json.parse(row.getString(19)),
                        Json.parse(row.getString(20)),
                        texts(row.getArray(21)),
                        optionalText(row, 22),
                        row.getString(23),
                        optionalId(row, 24),
                        instant(row, 25),
                        redaction(row)));
    }

    private static Optional<PromptRedaction> redaction(ResultSet row) throws SQLException {
        return row.getObject(26) == null
                ? Optional.empty()
                : Optional.of(new PromptRedaction(instant(row, 26), optionalId(row, 27), row.getString(28)));
    }

    /** Strips the trailing zeros that the scale of a column adds. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static ExecutionStatus status(String stored) {
        return known(STATUSES, stored);
    }

    static SpanKind kind(String stored) {
        return known(KINDS, stored);
    }

    static Map<UsageUnit, BigDecimal> usage(@Nullable String document) {
        return document == null ? Map.of() : SpanUsage.read(Json.parse(document));
    }

    private static UUID id(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Optional<UUID> optionalId(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    private static Optional<String> optionalText(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Optional<Instant> optionalInstant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OptionalLong optionalLong(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static <E> E known(Map<String, E> values, String stored) {
        return Objects.requireNonNull(values.get(stored));
    }

    private static <E extends Enum<E>> Map<String, E> byStoredName(E[] values) {
        return Arrays.stream(values).collect(Collectors.toMap(StoredValues::name, Function.identity()));
    }
}
