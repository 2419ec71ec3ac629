package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.autoconfigure.RingProperties.SecurityMode;
import io.vsring.security.CipherSuite;
import io.vsring.security.Keyring;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ConfiguredKeysTest {

    private static final byte[] SECRET = secret(1);
    private static final byte[] OTHER = secret(2);
    private static final String TEXT = Base64.getEncoder().encodeToString(SECRET);

    private final List<String> violations = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void aSecretIsTheSameWhereverItIsKept() throws IOException {
        Path bytes = Files.write(directory.resolve("bytes"), SECRET);
        Path text = Files.writeString(directory.resolve("text"), TEXT + "\n");

        assertThat(keyring(null, given(7, TEXT))).isEqualTo(Keyring.of(7, SECRET));
        assertThat(keyring(null, at(7, "file:" + bytes))).isEqualTo(Keyring.of(7, SECRET));
        assertThat(keyring(null, at(7, text.toString()))).isEqualTo(Keyring.of(7, SECRET));
        assertThat(violations).isEmpty();
    }

    /** Else members whose files end their lines differently would have different keys. */
    @Test
    void textIsNeverTakenForRandomBytes() throws IOException {
        Path phrase = Files.writeString(directory.resolve("phrase"), "this is our very secret ring passphrase\n");
        Path wrapped = Files.writeString(
                directory.resolve("wrapped"), TEXT.substring(0, 20) + "\r\n" + TEXT.substring(20) + "\r\n");

        assertThat(keyring(null, at(7, phrase.toString()))).isNull();
        assertThat(violations)
                .singleElement()
                .asString()
                .contains("text, and not Base64")
                .doesNotContain("phrase");
        assertThat(keyring(null, at(7, wrapped.toString()))).isEqualTo(Keyring.of(7, SECRET));
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        assertThat(keyring(null, at(7, "https://keys.test/key"))).isNull();
        assertThat(violations).singleElement().asString().contains("must be a file");
    }

    @Test
    void oneOfSeveralIsActive() {
        Keyring keyring =
                keyring(2, given(1, TEXT), given(2, Base64.getEncoder().encodeToString(OTHER)));

        assertThat(keyring).isEqualTo(both(2));
    }

    @Test
    void theFilesOfADirectoryAreKeysAndSayWhichOneIsActive() throws IOException {
        Files.writeString(directory.resolve("1"), TEXT);
        assertThat(keyring(directory)).isEqualTo(Keyring.of(1, SECRET));

        Files.write(directory.resolve("2"), OTHER);
        Files.writeString(directory.resolve("active"), "2\n");
        Files.writeString(directory.resolve(".3"), "half written");
        Files.writeString(directory.resolve("database-password"), "of somebody else");
        Files.createDirectory(directory.resolve("..data"));
        assertThat(keyring(directory)).isEqualTo(both(2));

        Files.delete(directory.resolve("1"));
        assertThat(keyring(directory)).isEqualTo(Keyring.of(2, OTHER));
        assertThat(violations).isEmpty();
    }

    @Test
    void aDirectoryThatLeavesQuestionsOpenGivesNoKeys() throws IOException {
        assertThat(keyring(directory)).isNull();
        assertThat(keyring(directory.resolve("none"))).isNull();
        Files.writeString(directory.resolve("1"), TEXT);
        Files.write(directory.resolve("2"), OTHER);
        assertThat(keyring(directory)).isNull();
        Files.writeString(directory.resolve("active"), TEXT);
        assertThat(keyring(directory)).isNull();

        assertThat(violations)
                .hasSize(5)
                .noneMatch(violation -> violation.contains(TEXT.substring(0, 8)))
                .anySatisfy(violation -> assertThat(violation).contains("has no key"))
                .anySatisfy(violation -> assertThat(violation).contains("must be a directory"))
                .anySatisfy(violation -> assertThat(violation).contains("'active' in vs.security.key-dir must say"))
                .anySatisfy(violation -> assertThat(violation).contains("must have the id of the active key in it"));
    }

    @Test
    void aFileThatOthersCanReadIsWarnedOfOnce(CapturedOutput log) throws IOException {
        Path file = Files.writeString(directory.resolve("1"), TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        ConfiguredKeys keys = new ConfiguredKeys(security(directory.toFile(), null), null);

        keys.read(violations::add);
        keys.read(violations::add);

        assertThat(log.getAll().split("chmod 400 " + file, -1)).hasSize(2);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        new ConfiguredKeys(security(directory.toFile(), null), null).read(violations::add);
        assertThat(log.getAll().split("chmod 400", -1)).hasSize(2);
        assertThat(violations).isEmpty();
    }

    /** Kubernetes shows a version of a secret through two links, and replaces the first of them. */
    @Test
    void whatKubernetesMountsIsNotWarnedOf(CapturedOutput log) throws IOException {
        Path version = Files.createDirectory(directory.resolve("..2026_11_27"));
        Files.setPosixFilePermissions(
                Files.writeString(version.resolve("1"), TEXT), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_27"));
        Files.createSymbolicLink(directory.resolve("1"), Path.of("..data/1"));

        assertThat(keyring(directory)).isEqualTo(Keyring.of(1, SECRET));
        assertThat(log).doesNotContain("chmod");
    }

    @Test
    void withoutKeysThereIsNoKeyring() {
        assertThat(keyring(null, new RingProperties.Security.Key[0])).isNull();
        assertThat(violations).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithoutTheSecret() {
        assertThat(keyring(null, given(1, TEXT.substring(0, 20)), given(1, TEXT)))
                .isNull();

        assertThat(violations).isNotEmpty().noneMatch(violation -> violation.contains(TEXT.substring(0, 8)));
        assertThat(given(1, TEXT)).asString().contains("id=1").doesNotContain(TEXT.substring(0, 8));
    }

    private @Nullable Keyring keyring(@Nullable Integer active, RingProperties.Security.Key... keys) {
        return new ConfiguredKeys(security(null, active, keys), null).read(violations::add);
    }

    private @Nullable Keyring keyring(Path keyDirectory) {
        return new ConfiguredKeys(security(keyDirectory.toFile(), null), null).read(violations::add);
    }

    private static RingProperties.Security security(
            @Nullable File keyDirectory, @Nullable Integer active, RingProperties.Security.Key... keys) {
        return new RingProperties.Security(
                SecurityMode.KEYS,
                List.of(keys),
                keyDirectory,
                active,
                CipherSuite.AES_256_GCM,
                Duration.ofSeconds(10));
    }

    private static RingProperties.Security.Key given(int id, String secret) {
        return new RingProperties.Security.Key(id, secret, null, null, null);
    }

    private static RingProperties.Security.Key at(int id, String location) {
        return new RingProperties.Security.Key(id, null, location, null, null);
    }

    private static Keyring both(int active) {
        return new Keyring(Map.of(1, SECRET, 2, OTHER), active, CipherSuite.AES_256_GCM);
    }

    private static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
