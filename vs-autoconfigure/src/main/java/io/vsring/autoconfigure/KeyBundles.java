package io.vsring.autoconfigure;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Secret keys in the key stores of SSL bundles.
 *
 * @param bundles those of the application
 */
record KeyBundles(SslBundles bundles) {

    /**
     * The bytes of a secret key.
     *
     * @throws IllegalArgumentException saying what is wrong, without a secret
     */
    byte[] secret(String name, String alias) {
        SslBundle bundle;
        try {
            bundle = bundles.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException(
                    "there is no SSL bundle '" + name + "' (spring.ssl.bundle) among " + bundles.getBundleNames(), e);
        }
        try {
            return secret(bundle, name, alias);
        } catch (GeneralSecurityException | IllegalStateException e) {
            // Whatever the text says may have the store in it, which can be a property as well.
            throw new IllegalArgumentException("the key store of the SSL bundle '" + name + "' cannot be read, or not"
                    + " with its passwords (" + rootOf(e).getClass().getSimpleName() + ")");
        }
    }

    private static byte[] secret(SslBundle bundle, String name, String alias) throws GeneralSecurityException {
        KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            throw new IllegalArgumentException("the SSL bundle '" + name + "' has no key store: give it one of type"
                    + " PKCS12 (spring.ssl.bundle.jks)");
        }
        if (!store.containsAlias(alias)) {
            throw new IllegalArgumentException("the key store of the SSL bundle '" + name + "' has no entry '" + alias
                    + "' among " + Collections.list(store.aliases()));
        }
        if (!store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class)) {
            throw new IllegalArgumentException("the entry '" + alias + "' of the SSL bundle '" + name
                    + "' is not a secret key, as 'keytool -genseckey -keyalg AES -keysize 256' makes it");
        }
        Key key = store.getKey(alias, password(bundle));
        byte[] secret = key == null ? null : key.getEncoded();
        if (secret == null) {
            throw new IllegalArgumentException("the secret key '" + alias + "' of the SSL bundle '" + name
                    + "' does not leave its device, and the keys of datagrams are made of its bytes");
        }
        return secret;
    }

    private static char @Nullable [] password(SslBundle bundle) {
        String own = bundle.getKey().getPassword();
        String password = own != null ? own : bundle.getStores().getKeyStorePassword();
        return password == null ? null : password.toCharArray();
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
