package io.promptforge.dao.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.MissingSecretException;
import io.promptforge.dao.error.UnreadableSecretException;
import io.promptforge.dao.internal.secret.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {

    private static final MasterKeys KEYS = ClassDatabase.masterKeys("a", 1);
    private static final Secret SECRET = Secret.of("sk-0123456789abcdef");

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final UUID tenant = UUID.randomUUID();

    /** As slow as a key management service might be, so its calls are counted. */
    private final class Counted implements MasterKeys {
        @Override
        public String newest() {
            return KEYS.newest();
        }

        @Override
        public byte[] wrap(String name, byte[] dataKey, byte[] context) {
            calls.incrementAndGet();
            return KEYS.wrap(name, dataKey, context);
        }

        @Override
        public byte[] unwrap(String name, byte[] wrapped, byte[] context) throws GeneralSecurityException {
            calls.incrementAndGet();
            return KEYS.unwrap(name, wrapped, context);
        }
    }

    private Seal seal() {
        return Seal.by(Optional.of(new Counted()), now::get);
    }

    private Seal.Place place() {
        return new Seal.Place(tenant, "model_providers.encrypted_api_key", UUID.randomUUID());
    }

    @Test
    void oneUnwrapServesAllReadsOfATenantForFiveMinutes() {
        Seal writer = seal();
        Seal.Place one = place();
        Seal.Place other = place();
        byte[] sealedOne = writer.seal(one, SECRET);
        byte[] sealedOther = writer.seal(other, SECRET);
        assertThat(calls).hasValue(1);

        Seal reader = seal();
        for (int i = 0; i < 100; i++) {
            assertThat(reader.open(one, sealedOne)).isEqualTo(SECRET);
            assertThat(reader.open(other, sealedOther)).isEqualTo(SECRET);
        }
        assertThat(calls).hasValue(2);

        now.set(Instant.EPOCH.plus(Duration.ofMinutes(5)));
        assertThat(reader.open(one, sealedOne)).isEqualTo(SECRET);
        assertThat(calls).hasValue(3);
        writer.seal(one, SECRET);
        assertThat(calls).hasValue(4);
    }

    @Test
    void equalSecretsAreSealedDifferently() {
        Seal.Place place = place();
        Seal seal = seal();

        assertThat(seal.seal(place, SECRET)).isNotEqualTo(seal.seal(place, SECRET));
    }

    @Test
    void aSecretOpensForItsColumnAndRowOnly() {
        Seal.Place place = place();
        Seal seal = seal();
        byte[] stored = seal.seal(place, SECRET);

        assertThat(seal.open(place, stored)).isEqualTo(SECRET);
        assertThatThrownBy(() -> seal.open(new Seal.Place(tenant, "model_providers.other", place.id()), stored))
                .isInstanceOf(UnreadableSecretException.class);
        assertThatThrownBy(() -> seal.open(place(), stored)).isInstanceOf(UnreadableSecretException.class);
    }

    @Test
    void aDataKeyIsUnwrappedForItsTenantOnly() {
        byte[] wrapped = KEYS.wrap("a", new byte[32], new byte[] {1});

        assertThatCode(() -> KEYS.unwrap("a", wrapped, new byte[] {1})).doesNotThrowAnyException();
        assertThatThrownBy(() -> KEYS.unwrap("a", wrapped, new byte[] {2}))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> KEYS.unwrap("b", wrapped, new byte[] {1})).isInstanceOf(MissingSecretException.class);
    }

    @Test
    void equalDataKeysAreWrappedDifferently() {
        assertThat(KEYS.wrap("a", new byte[32], new byte[0])).isNotEqualTo(KEYS.wrap("a", new byte[32], new byte[0]));
    }

    /** Does not wrap, and takes what was wrapped for any tenant by any name. */
    private static final class Careless implements MasterKeys {
        private final List<byte[]> dataKeys = new ArrayList<>();
        private String newest = "a";

        @Override
        public String newest() {
            return newest;
        }

        @Override
        public byte[] wrap(String name, byte[] dataKey, byte[] context) {
            dataKeys.add(dataKey.clone());
            return dataKey;
        }

        @Override
        public byte[] unwrap(String name, byte[] wrapped, byte[] context) {
            return wrapped;
        }
    }

    @Test
    void aSecretIsBoundToItsTenantAndHeadAlsoByCarelessMasterKeys() {
        Seal seal = Seal.by(Optional.of(new Careless()), now::get);
        Seal.Place place = place();
        byte[] stored = seal.seal(place, SECRET);
        byte[] ofAnotherName = stored.clone();
        ofAnotherName[2] = 'b';

        assertThat(seal.open(place, stored)).isEqualTo(SECRET);
        assertThatThrownBy(() -> seal.open(place, ofAnotherName)).isInstanceOf(UnreadableSecretException.class);
        assertThatThrownBy(() -> seal.open(new Seal.Place(UUID.randomUUID(), place.column(), place.id()), stored))
                .isInstanceOf(UnreadableSecretException.class);
    }

    @Test
    void eachTenantAndProcessHasDataKeysOfItsOwn() {
        Careless keys = new Careless();
        for (Seal seal : List.of(Seal.by(Optional.of(keys), now::get), Seal.by(Optional.of(keys), now::get))) {
            seal.seal(place(), SECRET);
            seal.seal(
                    new Seal.Place(UUID.randomUUID(), "model_providers.encrypted_api_key", UUID.randomUUID()), SECRET);
        }

        assertThat(keys.dataKeys).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void aNewMasterKeyIsUsedAtOnce() {
        Careless keys = new Careless();
        Seal seal = Seal.by(Optional.of(keys), now::get);
        Seal.Place place = place();
        byte[] before = seal.seal(place, SECRET);

        keys.newest = "b";

        assertThat(seal.isNewest(place, before)).isFalse();
        assertThat(seal.isNewest(place, seal.seal(place, SECRET))).isTrue();
    }

    @Test
    void keysComeFromAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, "2025=" + "A".repeat(43) + "=\n\n2026 = " + "B".repeat(42) + "A=\n");

        MasterKeys keys = MasterKeys.fromFile(file);

        assertThat(keys.newest()).isEqualTo("2026");
        assertThat(keys.toString()).contains("2025", "2026").doesNotContain("AAAA", "BBBB");
        assertThatThrownBy(() -> MasterKeys.fromFile(folder.resolve("missing")))
                .isInstanceOf(InvalidValueException.class);
    }

    /** The two other lengths that AES has, and one more byte than it needs. */
    @ParameterizedTest
    @ValueSource(ints = {16, 24, 33})
    void aKeyOfAnotherLengthThan32BytesIsRefused(int bytes) {
        String text = "a=" + Base64.getEncoder().encodeToString(new byte[bytes]);

        assertThatThrownBy(() -> MasterKeys.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void aVariableThatIsNotSetIsAnError() {
        assertThatThrownBy(() -> MasterKeys.fromEnvironment("PROMPTFORGE_NOT_SET"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("PROMPTFORGE_NOT_SET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "AAAA", "=AAAA", "a=AAAA", "a=?", "a b=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void otherTextsAreRefusedWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> MasterKeys.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining("AAA");
    }
}
