package io.promptforge.dao.evaluation;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.evaluation.StoredResult.Storing;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.schema.type.ResultOutcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores a batch of results and tells what became of each. One statement where all are new; one more where some are there already;
 * two more where some of these are replaced.
 */
final class ResultAppend {
    private final TenantSession tx;
    private final ResultOwner owner;
    private final IfDifferent choice;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /** Of each test, variant and repetition, the given results, of which the last one counts in the end. */
    private final Map<Object, List<Given>> byTest = new LinkedHashMap<>();

    private final List<Given> all = new ArrayList<>();

    ResultAppend(TenantSession tx, ResultOwner owner, IfDifferent choice) {
        this.tx = tx;
        this.owner = owner;
        this.choice = choice;
    }

    List<StoredResult> store(List<NewEvaluationResult> results) {
        results.forEach(this::plan);
        ResultBatch batch = owner.batch();
        byTest.values().forEach(given -> add(batch, given));
        if (owner.add(batch) < byTest.size()) {
            settle(batch.present(tx));
        }
        return all.stream().map(Given::answer).toList();
    }

    /** Decides between results of one batch that have one test, variant and repetition, as if each came in a batch of its own. */
    private void plan(NewEvaluationResult result) {
        Given given = new Given(all.size(), result.fields());
        all.add(given);
        List<Given> earlier = byTest.computeIfAbsent(owner.key(given.fields), key -> new ArrayList<>());
        Given last = earlier.isEmpty() ? null : earlier.get(earlier.size() - 1);
        if (last == null) {
            earlier.add(given);
        } else if (last.fields.equals(given.fields)) {
            given.isAnswered(last, Storing.ALREADY_STORED);
        } else if (isReplaced(last.fields.outcome, given)) {
            given.replaced = last.id;
            earlier.add(given);
        } else {
            given.isAnswered(last, Storing.KEPT_DIFFERENT);
        }
    }

    /** Whether the choice lets a result replace a different one; false to keep that. */
    private boolean isReplaced(ResultOutcome stored, Given given) {
        return switch (choice) {
            case REPLACE -> true;
            case KEEP -> false;
            case REPLACE_ERRORS -> stored == ResultOutcome.ERROR || refuse(given);
            case REFUSE -> refuse(given);
        };
    }

    private static boolean refuse(Given given) {
        throw new AlreadyExistsException(
                        "test_name",
                        "A different result of this test, variant and repetition is stored.",
                        "Name the variants, or choose to keep or to replace a different result.",
                        null)
                .at("results[" + given.index + "]", null);
    }

    private void add(ResultBatch batch, List<Given> given) {
        for (int i = 0; i < given.size(); i++) {
            Given each = given.get(i);
            owner.add(batch, each.id, each.fields, i < given.size() - 1 ? now : null);
        }
    }

    private void settle(List<ResultBatch.Present> stored) {
        Map<UUID, Given> byId = new HashMap<>();
        all.forEach(given -> byId.put(given.id, given));
        Map<UUID, Given> replacing = new LinkedHashMap<>();
        for (ResultBatch.Present present : stored) {
            Given given = byId.get(present.givenId());
            if (given == null) {
                continue;
            }
            if (present.equal()) {
                given.present(present.id(), Storing.ALREADY_STORED);
            } else if (isReplaced(present.outcome(), given)) {
                given.replaced = present.id();
                replacing.put(present.id(), given);
            } else {
                given.present(present.id(), Storing.KEPT_DIFFERENT);
            }
        }
        if (!replacing.isEmpty()) {
            replace(replacing);
        }
    }

    private void replace(Map<UUID, Given> replacing) {
        ResultBatch batch = owner.batch();
        replacing.values().forEach(given -> owner.add(batch, given.id, given.fields, null));
        if (owner.replace(replacing.keySet(), now) < replacing.size() || owner.add(batch) < replacing.size()) {
            throw new ConflictException(
                    "result",
                    null,
                    "Another result of one of the tests was stored meanwhile; store the results again.");
        }
    }

    /** A given result. */
    private static final class Given {
        final int index;
        final UUID id = Ids.next();
        final ResultFields fields;

        @Nullable UUID replaced;

        /** The result of this batch that answers for this one. */
        private @Nullable Given other;

        private @Nullable UUID present;
        private @Nullable Storing storing;

        Given(int index, ResultFields fields) {
            this.index = index;
            this.fields = fields;
        }

        void isAnswered(Given by, Storing how) {
            other = by;
            storing = how;
        }

        void present(UUID stored, Storing how) {
            present = stored;
            storing = how;
        }

        StoredResult answer() {
            if (other != null && storing != null) {
                StoredResult answer = other.answer();
                boolean isKept = storing == Storing.KEPT_DIFFERENT || answer.storing() == Storing.KEPT_DIFFERENT;
                return new StoredResult(
                        answer.id(), isKept ? Storing.KEPT_DIFFERENT : Storing.ALREADY_STORED, Optional.empty());
            }
            if (present != null && storing != null) {
                return new StoredResult(present, storing, Optional.empty());
            }
            return replaced == null
                    ? StoredResult.stored(id)
                    : new StoredResult(id, Storing.REPLACED, Optional.of(replaced));
        }
    }
}
