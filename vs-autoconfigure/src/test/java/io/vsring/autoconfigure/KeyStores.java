package io.vsring.autoconfigure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** Key stores with secret keys, as {@code keytool -genseckey -storetype PKCS12} makes them. */
final class KeyStores {

    static final String PASSWORD = "changeit";

    private KeyStores() {}

    /** A store with these keys at this path, at once and as a whole. */
    static Path write(Path path, Map<String, byte[]> secrets) {
        char[] password = PASSWORD.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            for (Map.Entry<String, byte[]> each : secrets.entrySet()) {
                store.setEntry(
                        each.getKey(),
                        new KeyStore.SecretKeyEntry(new SecretKeySpec(each.getValue(), "AES")),
                        new KeyStore.PasswordProtection(password));
            }
            Path whole = path.resolveSibling("." + path.getFileName());
            try (OutputStream out = Files.newOutputStream(whole)) {
                store.store(out, password);
            }
            return Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The properties of an SSL bundle with this store. */
    static String[] bundle(String name, Path store) {
        String prefix = "spring.ssl.bundle.jks." + name + ".";
        return new String[] {
            prefix + "keystore.location=file:" + store,
            prefix + "keystore.password=" + PASSWORD,
            prefix + "keystore.type=PKCS12"
        };
    }
}
