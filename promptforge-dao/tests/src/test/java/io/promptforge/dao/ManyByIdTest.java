package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method of every repository that reads many rows by their ids. */
class ManyByIdTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final RecordedStatements SENT = new RecordedStatements(DATABASE.dataSource());
    private static final PromptForge FORGE = PromptForge.create(SENT.dataSource(), ClassDatabase.settings());

    private final Belongings has = new Belongings(DATABASE.newTenant());
    private final Belongings theirs = new Belongings(DATABASE.newTenant());

    static List<EveryCall> calls() {
        return EveryCall.all().stream()
                .filter(call -> call.method().getReturnType() == Map.class
                        && Arrays.equals(call.method().getParameterTypes(), new Class<?>[] {Collection.class}))
                .toList();
    }

    @Test
    void repositoriesHaveSuchMethods() {
        assertThat(calls())
                .extracting(EveryCall::name)
                .contains(
                        "projects.findAll",
                        "prompts.findAll",
                        "prompts.findAllVersions",
                        "prompts.currentVersions",
                        "users.findAll");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void unknownAndForeignIdsAreLeftOutAndRepeatedOnesAreReadOnce(EveryCall call) {
        UUID own = id(call, has);

        assertThat(read(call, List.of(UUID.randomUUID(), id(call, theirs), own, own))
                        .keySet())
                .isEqualTo(Set.of(own));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aThousandIdsAreReadByOneStatement(EveryCall call) {
        List<UUID> ids = new ArrayList<>(Collections.nCopies(998, UUID.randomUUID()));
        ids.add(id(call, has));
        ids.add(UUID.randomUUID());

        assertThat(SENT.of(() -> assertThat(read(call, ids)).hasSize(1))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void noIdsAreReadWithoutAStatement(EveryCall call) {
        assertThat(SENT.of(() -> assertThat(read(call, List.of())).isEmpty())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nullAndMoreThanAThousandIdsAreRefused(EveryCall call) {
        for (Collection<UUID> refused : Arrays.<Collection<UUID>>asList(
                null, Arrays.asList(id(call, has), null), Collections.nCopies(1_001, id(call, has)))) {
            assertThatThrownBy(() -> read(call, refused))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("ids"));
        }
    }

    private Map<?, ?> read(EveryCall call, Collection<UUID> ids) {
        return (Map<?, ?>) call.on(FORGE.tenant(has.fixture.organization().id()), ids);
    }

    private static UUID id(EveryCall call, Belongings owner) {
        return (UUID) ((List<?>) Arguments.of(call, owner)[0]).get(0);
    }
}
