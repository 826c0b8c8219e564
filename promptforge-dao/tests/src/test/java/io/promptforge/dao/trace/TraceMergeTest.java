package io.promptforge.dao.trace;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.page.PageRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any order, batches, repetitions and number of writers of the same records leave the same rows; and these are what a naive merge of
 * all records at once says.
 */
class TraceMergeTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final int RECORDS = 24;
    private static final List<UUID> MODELS = List.of(new UUID(7, 1), new UUID(7, 2));

    private static final UUID FIRST_VERSION = new UUID(8, 1);
    private static final UUID SECOND_VERSION = new UUID(8, 2);
    private static final UUID VERSION_OF_OTHER_PROJECT = new UUID(8, 3);

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderInAnyBatchesWithAnyRepetitionsLeavesTheSame(long seed) {
        List<String> expected = null;
        for (int arrangement = 0; arrangement < 5; arrangement++) {
            Stored stored = new Stored();
            Random random = new Random(seed * 1000 + arrangement);
            List<NewTrace> records = new ArrayList<>(stored.records(seed));
            if (arrangement > 0) {
                Collections.shuffle(records, random);
                for (int i = random.nextInt(RECORDS); i > 0; i--) {
                    records.add(records.get(random.nextInt(records.size())));
                }
            }
            for (int from = 0; from < records.size(); ) {
                int to = Math.min(records.size(), from + 1 + random.nextInt(arrangement == 0 ? 100 : 6));
                stored.record(records.subList(from, to), arrangement % 2 == 1);
                from = to;
            }
            stored.assertMerged(seed);
            expected = expected == null ? stored.rows() : expected;
            assertThat(stored.rows()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void writersAtOnceLeaveTheSame(long seed) {
        Stored alone = new Stored();
        alone.traces().record(alone.records(seed));
        Stored together = new Stored();
        List<NewTrace> records = together.records(seed);

        AtOnce.get(8, thread -> {
            List<NewTrace> mine = new ArrayList<>(records);
            Collections.shuffle(mine, new Random(thread));
            for (int i = 0; i < RECORDS; i += 4) {
                together.traces().record(mine.subList(i, i + 4));
            }
            return thread;
        });

        together.assertMerged(seed);
        assertThat(together.rows()).isEqualTo(alone.rows());
    }

    static LongStream fewSeeds() {
        return LongStream.range(100, 103);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void redactionsAndEditsBetweenTwoBatchesLast(long seed) {
        Stored stored = new Stored();
        List<NewTrace> records = new ArrayList<>(stored.records(seed));
        Collections.shuffle(records, new Random(seed));
        stored.traces().record(records.subList(0, RECORDS / 2));

        stored.redactAndEdit(records.subList(0, RECORDS / 2));
        stored.traces().record(records.subList(RECORDS / 2, RECORDS));

        stored.assertMerged(seed);
    }

    @Test
    void aReplayWritesNothing() {
        Stored stored = new Stored();
        List<NewTrace> records = stored.records(1);
        stored.traces().record(records);
        List<String> versions = stored.versions();

        stored.traces().record(records);
        records.forEach(stored.traces()::record);

        assertThat(stored.versions()).isEqualTo(versions);
    }

    /** The rows of a tenant, with the same models, prices and prompts in each tenant. */
    private static final class Stored {
        private final TestTenant fixture = DATABASE.newTenant();
        private final UUID organization = fixture.organization().id();
        private final List<UUID> projects =
                List.of(fixture.project().id(), fixture.project().id());

        /** The prompt versions that the metadata named when they were removed. */
        private final Map<UUID, Optional<UUID>> versionsOfRedacted = new HashMap<>();

        private final Map<UUID, String> notesOfTraces = new HashMap<>();
        private final Map<UUID, String> notesOfSpans = new HashMap<>();
        private final Set<UUID> edited = new HashSet<>();

        Stored() {
            UUID provider = fixture.provider().id();
            for (int i = 0; i < MODELS.size(); i++) {
                DATABASE.execute("INSERT INTO promptforge.ai_models (organization_id, id, provider_id, name,"
                        + " provider_model_id) VALUES ('" + organization + "', '" + MODELS.get(i) + "', '" + provider
                        + "', '" + i + "', '" + RandomRecords.MODELS.get(i) + "')");
                List<ModelPrices> prices = NaivePrices.OF_MODELS.get(i);
                addPrices(MODELS.get(i), new UUID(9, 2L * i), NewPriceList.ALWAYS, prices.get(0));
                addPrices(MODELS.get(i), new UUID(9, 2L * i + 1), NaivePrices.CHANGE, prices.get(1));
            }
            DATABASE.execute("""
                    INSERT INTO promptforge.prompts (organization_id, id, project_id, name)
                    VALUES ('%1$s', '%2$s', '%2$s', '%4$s'), ('%1$s', '%3$s', '%3$s', '%4$s');
                    INSERT INTO promptforge.prompt_versions (organization_id, prompt_id, version_number, id, messages)
                    SELECT organization_id, prompt_id, number, version_id, '[{"placeholder":"x"}]'::json
                    FROM (VALUES ('%1$s'::uuid, '%2$s'::uuid, 1, '%5$s'::uuid), ('%1$s', '%2$s', 2, '%6$s'), ('%1$s', '%3$s', 1, '%7$s'))
                        AS v (organization_id, prompt_id, number, version_id)
                    """.formatted(
                            organization,
                            projects.get(0),
                            projects.get(1),
                            RandomRecords.PROMPT,
                            FIRST_VERSION,
                            SECOND_VERSION,
                            VERSION_OF_OTHER_PROJECT));
        }

        private void addPrices(UUID model, UUID id, Instant from, ModelPrices prices) {
            DATABASE.execute("INSERT INTO promptforge.model_prices (organization_id, id, model_id, valid_from, rates)"
                    + " VALUES ('" + organization + "', '" + id + "', '" + model + "', '" + from + "', '"
                    + prices.toJson().text() + "')");
        }

        TraceRepository traces() {
            return fixture.tenant().traces();
        }

        List<NewTrace> records(long seed) {
            List<UUID> versions = List.of(FIRST_VERSION, SECOND_VERSION, VERSION_OF_OTHER_PROJECT);
            return new RandomRecords(seed, projects, MODELS, versions).take(RECORDS);
        }

        List<String> rows() {
            Stream<String> projectOfTraces = of("traces", "id || ' ' || (project_id = '" + projects.get(0) + "')");
            Stream<String> rows = Stream.of("traces", "spans")
                    .flatMap(table -> of(
                            table,
                            "(to_jsonb(r) - 'created_at' - 'updated_at' - 'organization_id' - 'project_id' - 'fingerprint' - 'occurred_at')"
                                    + "::text"));
            return Stream.concat(projectOfTraces, rows).toList();
        }

        List<String> versions() {
            return Stream.of("traces", "spans")
                    .flatMap(table -> of(table, "r.ctid || ' ' || r.xmin || ' ' || r.updated_at"))
                    .toList();
        }

        private Stream<String> of(String table, String expression) {
            return DATABASE
                    .query("SELECT " + expression + " FROM promptforge." + table + " r WHERE organization_id = '"
                            + organization + "' ORDER BY 1")
                    .stream();
        }

        void record(List<NewTrace> records, boolean accepted) {
            if (accepted) {
                assertThat(traces().recordAccepted(records)).isEmpty();
            } else {
                traces().record(records);
            }
        }

        /** Redacts one of these traces as a whole and spans of another, and edits each. */
        void redactAndEdit(List<NewTrace> records) {
            UUID trace = records.get(0).id();
            traces().redact(trace, Redaction.of("trace redacted"));
            notesOfTraces.put(trace, "trace redacted");
            versionsOfRedacted.put(
                    trace,
                    namedVersion(records.stream()
                            .filter(record -> record.id().equals(trace))
                            .toList()));
            NewTrace other = records.stream()
                    .filter(record ->
                            !record.id().equals(trace) && !record.spans().isEmpty())
                    .findFirst()
                    .orElseThrow();
            List<UUID> spans = other.spans().stream().map(NewSpan::id).toList();
            traces().redactSpans(other.id(), spans, Redaction.of("span redacted"));
            spans.forEach(span -> notesOfSpans.put(inTrace(other.id(), span), "span redacted"));
            records.forEach(record -> {
                if (edited.add(record.id())) {
                    traces().update(
                                    record.id(),
                                    TraceChanges.none().name("by hand").tags(List.of("kept")));
                }
            });
        }

        private static UUID inTrace(UUID trace, UUID span) {
            return new UUID(trace.getMostSignificantBits(), span.getLeastSignificantBits());
        }

        /** What is stored is what the records of this seed say together, by the rules as they are stated. */
        void assertMerged(long seed) {
            Map<UUID, List<NewTrace>> byTrace = records(seed).stream().collect(groupingBy(NewTrace::id));
            byTrace.forEach((id, records) -> {
                List<NewSpan> spans = expectedSpans(id, records);
                Optional<UUID> version =
                        versionsOfRedacted.containsKey(id) ? versionsOfRedacted.get(id) : namedVersion(records);
                NewTrace expected = ExpectedTrace.of(records, spans, notesOfTraces.get(id), version.orElse(null));
                if (edited.contains(id)) {
                    expected = expected.name("by hand").tags(List.of("kept"));
                }
                TraceTree tree = traces().treeWithPayloads(id).orElseThrow();
                NewTrace stored = ExpectedTrace.stored(tree.trace(), storedSpans(tree));

                assertThat(stored)
                        .usingRecursiveComparison()
                        .withEqualsForType(Json::equals, Json.class)
                        .isEqualTo(expected);
                TraceTotals totals = tree.trace().totals();
                assertThat(totals.spanCount()).isEqualTo(spans.size());
                assertThat(List.of((long) totals.unpricedCalls(), totals.unpricedTokens()))
                        .isEqualTo(ExpectedTrace.unpriced(records, spans));
                spans.forEach(span -> assertExplained(id, span));
            });
            assertOrder();
        }

        /** The lines of a calculated cost add up to it. */
        private void assertExplained(UUID trace, NewSpan span) {
            SpanCost cost = traces().costOf(trace, span.id()).orElseThrow();
            assertThat(cost.amount()).isEqualTo(Optional.ofNullable(span.cost()));
            if (cost.origin() == CostOrigin.CALCULATED) {
                assertThat(cost.lines().stream()
                                .map(line -> line.amount().orElseThrow())
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo(cost.amount().orElseThrow());
            }
        }

        /** The prompt version that is found by the metadata of these records; empty if they report one by its id. */
        private Optional<UUID> namedVersion(List<NewTrace> records) {
            NewTrace merged = ExpectedTrace.merged(
                    records,
                    records.stream()
                            .flatMap(record -> record.spans().stream())
                            .limit(1)
                            .toList());
            if (merged.promptVersionId() != null
                    || !(merged.metadata().toJava() instanceof Map<?, ?> metadata)
                    || !(metadata.get("promptforge.prompt") instanceof Map<?, ?> prompt)) {
                return Optional.empty();
            }
            boolean isFirstProject = merged.projectId().equals(projects.get(0));
            return Optional.ofNullable(
                    switch (String.valueOf(prompt.get("version"))) {
                        case "1" -> isFirstProject ? FIRST_VERSION : VERSION_OF_OTHER_PROJECT;
                        case "2" -> isFirstProject ? SECOND_VERSION : null;
                        default -> null;
                    });
        }

        private List<NewSpan> expectedSpans(UUID trace, List<NewTrace> records) {
            Map<UUID, List<NewSpan>> byId =
                    records.stream().flatMap(record -> record.spans().stream()).collect(groupingBy(NewSpan::id));
            return byId.entrySet().stream()
                    .map(span -> {
                        NewSpan merged = ExpectedSpan.of(span.getValue(), MODELS);
                        String note =
                                notesOfTraces.getOrDefault(trace, notesOfSpans.get(inTrace(trace, span.getKey())));
                        return note == null ? merged : ExpectedSpan.redacted(merged, note);
                    })
                    .sorted(Comparator.comparing(NewSpan::id))
                    .toList();
        }

        private static List<NewSpan> storedSpans(TraceTree tree) {
            return tree.roots().stream()
                    .flatMap(Stored::withDescendants)
                    .map(ExpectedSpan::stored)
                    .sorted(Comparator.comparing(NewSpan::id))
                    .toList();
        }

        private static Stream<Span> withDescendants(SpanNode node) {
            return Stream.concat(
                    Stream.of(node.span()), node.children().stream().flatMap(Stored::withDescendants));
        }

        /** A start more than a day after the trace was stored counts as when it was stored. */
        private void assertOrder() {
            List<Trace> stored = traces().list(TraceFilter.all(), TraceOrder.OLDEST_FIRST, PageRequest.first(100))
                    .items();
            assertThat(stored)
                    .isSortedAccordingTo(Comparator.<Trace, Instant>comparing(trace ->
                                    trace.startedAt().isAfter(trace.createdAt().plus(Duration.ofDays(1)))
                                            ? trace.createdAt()
                                            : trace.startedAt())
                            .thenComparing(trace -> trace.id().toString()));
        }
    }
}
