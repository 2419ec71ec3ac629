package io.vsring.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.util.FileSystemUtils;

/** Keys that are not there, or are none. */
final class KeyTroubles {

    private static final String KEY = "kq0Hh5WcV1Yx3iJmT7rN2bZpEo8LdSuG4aFwKtCXyQM=";

    private KeyTroubles() {}

    static List<Trouble> properties() {
        return List.of(
                new Trouble(
                        "A key is neither given nor is it said where it is",
                        "`vs.security.keys` has keys without secret, with two of them, or with what is no secret.",
                        start(
                                "vs.security.keys[0].id=1",
                                "vs.security.keys[1].id=2",
                                "vs.security.keys[1].secret=not Base64",
                                "vs.security.keys[2].id=3",
                                "vs.security.keys[2].secret=QUFB",
                                "vs.security.keys[2].location=file:key",
                                "vs.security.keys[3].id=4",
                                "vs.security.keys[3].location=file:no-such-directory/key",
                                "vs.security.keys[4].id=5",
                                "vs.security.keys[4].location=file:pom.xml")),
                new Trouble(
                        "A key is in the application, or there twice",
                        "`vs.security.keys` has a location on the class path, or two keys with one id.",
                        start(
                                "vs.security.keys[0].id=1",
                                "vs.security.keys[0].location=classpath:key",
                                "vs.security.keys[1].id=2",
                                "vs.security.keys[1].secret=" + KEY,
                                "vs.security.keys[2].id=2",
                                "vs.security.keys[2].secret=" + KEY)),
                new Trouble(
                        "A key is none that was drawn at random",
                        "A secret is too short, the example of the documentation, or has the same few bytes again and"
                                + " again.",
                        start("vs.security.keys[0].id=1", "vs.security.keys[0].secret=c2hvcnQ=")),
                new Trouble(
                        "It is not said which key is active",
                        "There is more than one of `vs.security.keys`, and no `vs.security.active-key`.",
                        start(
                                "vs.security.keys[0].id=1",
                                "vs.security.keys[0].secret=" + KEY,
                                "vs.security.keys[1].id=2",
                                "vs.security.keys[1].secret=" + KEY)),
                new Trouble(
                        "A key is active that is not there",
                        "`vs.security.active-key` is set, and there are no `vs.security.keys`.",
                        start("vs.security.active-key=1")),
                new Trouble(
                        "There are keys, and plain text is asked for",
                        "`vs.security.mode=insecure-plaintext` stands beside `vs.security.keys`.",
                        start(
                                "vs.security.mode=insecure-plaintext",
                                "vs.security.keys[0].id=1",
                                "vs.security.keys[0].secret=" + KEY)));
    }

    static List<Trouble> directories() {
        return List.of(
                new Trouble(
                        "The directory of the keys cannot be read",
                        "`vs.security.key-dir` is no directory, or one that the application must not read.",
                        start("vs.security.key-dir=no-such-directory")),
                new Trouble(
                        "The directory of the keys has none",
                        "No file in `vs.security.key-dir` is called 0 to 255.",
                        inDirectory(directory -> start("vs.security.key-dir=" + directory))),
                new Trouble(
                        "A file of the directory is no key",
                        "What is in it is neither random bytes nor Base64, or not the id of a key where that is asked for.",
                        inDirectory(
                                directory -> start("vs.security.key-dir=" + directory),
                                "1",
                                "not Base64",
                                "active",
                                "the first")),
                new Trouble(
                        "The directory does not say which key is active",
                        "There is more than one key, and no file `active` in `vs.security.key-dir`.",
                        inDirectory(directory -> start("vs.security.key-dir=" + directory), "1", KEY, "2", KEY)),
                new Trouble(
                        "Two places say which key is active",
                        "There is a file `active` in `vs.security.key-dir`, and `vs.security.active-key` is set.",
                        inDirectory(
                                directory -> start("vs.security.key-dir=" + directory, "vs.security.active-key=1"),
                                "1",
                                KEY,
                                "active",
                                "1")),
                new Trouble(
                        "Keys are to be looked at for longer than for ever, or less than never",
                        "`vs.security.reload` is no time that makes sense.",
                        start("vs.security.reload=-1s")));
    }

    static List<Trouble> bundles() {
        return List.of(
                new Trouble(
                        "There is no such SSL bundle, or no alias is given",
                        "A key of `vs.security.keys` names a bundle that is not under `spring.ssl.bundle`, or none of its"
                                + " entries.",
                        Seen.atStart(
                                Seen.application().withBean(SslBundles.class, () -> with(store(null))),
                                "vs.security.active-key=1",
                                "vs.security.keys[0].id=1",
                                "vs.security.keys[0].bundle=rings",
                                "vs.security.keys[0].alias=ring-1",
                                "vs.security.keys[1].id=2",
                                "vs.security.keys[1].bundle=ring")),
                new Trouble(
                        "The SSL bundle has no key store", "It has a trust store only.", atStart(with(null), "ring-1")),
                new Trouble(
                        "The SSL bundle has no such entry",
                        "`alias` is not one of its key store.",
                        atStart(with(store(null)), "ring-2")),
                new Trouble(
                        "The entry of the SSL bundle is not a secret key",
                        "It is a certificate, or a private key.",
                        atStart(with(store(null)), "authority")),
                new Trouble(
                        "The secret key has another password",
                        "`spring.ssl.bundle.jks.<name>.key.password` is missing or wrong, or that of the store is.",
                        atStart(with(store("another")), "ring-1")));
    }

    private static String start(String... properties) {
        return Seen.atStart(Seen.application(), properties);
    }

    private static String atStart(SslBundles bundles, String alias) {
        return Seen.atStart(
                Seen.application().withBean(SslBundles.class, () -> bundles),
                "vs.security.keys[0].id=1",
                "vs.security.keys[0].bundle=ring",
                "vs.security.keys[0].alias=" + alias);
    }

    private static SslBundles with(@Nullable KeyStore store) {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("ring", SslBundle.of(SslStoreBundle.of(store, KeyStores.PASSWORD, null)));
        return bundles;
    }

    /**
     * With a secret key, and a certificate of those that Java trusts.
     *
     * @param password of the key; null if it is that of the store
     */
    private static KeyStore store(@Nullable String password) {
        char[] own = (password == null ? KeyStores.PASSWORD : password).toCharArray();
        try {
            KeyStore trusted = KeyStore.getInstance(
                    new File(System.getProperty("java.home"), "lib/security/cacerts"), (char[]) null);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", trusted.getCertificate(trusted.aliases().nextElement()));
            SecretKeySpec key = new SecretKeySpec(Base64.getDecoder().decode(KEY), "AES");
            store.setEntry("ring-1", new KeyStore.SecretKeyEntry(key), new KeyStore.PasswordProtection(own));
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param files names, each with its text behind it */
    private static String inDirectory(Function<Path, String> failure, String... files) {
        try {
            Path directory = Files.createTempDirectory("acme");
            try {
                for (int index = 0; index < files.length; index += 2) {
                    Files.writeString(directory.resolve(files[index]), files[index + 1]);
                }
                return failure.apply(directory);
            } finally {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
