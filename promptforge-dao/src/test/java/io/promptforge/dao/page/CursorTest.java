package io.promptforge.dao.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor goes on in the list that gave it, and nowhere else. */
class CursorTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA", "not base64!", "====", "ä"})
    void whatIsNoCursorIsRefused(String text) {
        refused(() -> fixture.tenant().projects().list(PageRequest.first().after(text)));
    }

    @Test
    void aCursorWithAnyByteChangedIsRefused() {
        byte[] cursor = Base64.getUrlDecoder().decode(cursorOfProjects(fixture));

        assertThat(IntStream.range(0, cursor.length)).allSatisfy(place -> {
            byte[] changed = cursor.clone();
            changed[place] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            refused(() -> fixture.tenant().projects().list(PageRequest.first().after(text)));
        });
    }

    @Test
    void aCursorCutShortIsRefused() {
        String cursor = cursorOfProjects(fixture);

        assertThat(Stream.of(1, 2, 10, cursor.length() - 1))
                .allSatisfy(length -> refused(() ->
                        fixture.tenant().projects().list(PageRequest.first().after(cursor.substring(0, length)))));
    }

    /** The checksum is no secret: whoever computes it can put anything behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no border",
                "\n",
                "yesterday\n00000000-0000-0000-0000-000000000000",
                "2026-01-01T00:00:00Z\nx"
            })
    void whatIsForgedBehindARightChecksumIsRefused(String position) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(("projects of " + fixture.tenant().organizationId() + "\n").getBytes(UTF_8));
        byte[] checksum = Arrays.copyOf(digest.digest(position.getBytes(UTF_8)), 8);
        byte[] forged = Arrays.copyOf(checksum, 8 + position.getBytes(UTF_8).length);
        System.arraycopy(position.getBytes(UTF_8), 0, forged, 8, forged.length - 8);
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);

        refused(() -> fixture.tenant().projects().list(PageRequest.first().after(cursor)));
    }

    @Test
    void theCursorOfAnotherTenantIsRefused() {
        String cursor = cursorOfProjects(fixture);
        TestTenant other = DATABASE.newTenant();

        refused(() -> other.tenant().projects().list(PageRequest.first().after(cursor)));
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        UUID one = fixture.project().id();
        UUID another = fixture.project().id();
        fixture.trace(one);
        fixture.trace(one);
        fixture.evaluation(one);
        fixture.evaluation(one);
        String traces = next(fixture.tenant().traces().list(one, PageRequest.first(1)));
        String evaluations = next(fixture.tenant().evaluations().list(one, PageRequest.first(1)));

        refused(() ->
                fixture.tenant().traces().list(another, PageRequest.first().after(traces)));
        refused(() ->
                fixture.tenant().evaluations().list(another, PageRequest.first().after(evaluations)));
        refused(() ->
                fixture.tenant().evaluations().list(one, PageRequest.first().after(traces)));
        refused(() -> fixture.tenant().projects().list(PageRequest.first().after(traces)));
        assertThat(fixture.tenant()
                        .traces()
                        .list(one, PageRequest.first().after(traces))
                        .items())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 501, Integer.MAX_VALUE})
    void aSizeOutOfRangeIsRefused(int size) {
        assertThatThrownBy(() -> PageRequest.first(size))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("size"));
    }

    @Test
    void aPageKeepsItsItemsAsTheyWere() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, Optional.empty());

        items.add("b");

        assertThat(page.items()).containsExactly("a");
    }

    private static String cursorOfProjects(TestTenant tenant) {
        tenant.project();
        tenant.project();
        return next(tenant.tenant().projects().list(PageRequest.first(1)));
    }

    private static String next(Page<?> page) {
        return page.next().orElseThrow();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("cursor"));
    }
}
