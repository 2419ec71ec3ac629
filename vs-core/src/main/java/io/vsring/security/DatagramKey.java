package io.vsring.security;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one sender's datagrams in one epoch, with a cipher of its own, so that the platform need not expand the
 * key anew for each of them. The nonce is the counter of the datagram, hidden by a salt that comes with the key (RFC
 * 8446, 5.3): no two datagrams share one.
 *
 * <p>One thread. Seals, or opens, but not both.
 */
final class DatagramKey {

    private static final int WARM_UP_DATAGRAMS = 5000;
    private static final int WARM_UP_BYTES = 1400;

    private final int keyId;
    private final CipherSuite suite;
    private final long epoch;
    private final SecretKey key;
    private final byte[] salt;
    private final byte[] nonce = new byte[CipherSuite.NONCE_BYTES];
    private Cipher cipher;

    /** @param material the key and the salt behind it; copied */
    DatagramKey(int keyId, CipherSuite suite, long epoch, byte[] material) {
        this.keyId = keyId;
        this.suite = suite;
        this.epoch = epoch;
        this.key = new SecretKeySpec(material, 0, CipherSuite.KEY_BYTES, suite.algorithm());
        this.salt = Arrays.copyOfRange(material, CipherSuite.KEY_BYTES, material.length);
        this.cipher = newCipher(suite);
    }

    private static Cipher newCipher(CipherSuite suite) {
        try {
            return Cipher.getInstance(suite.transformation());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + suite.transformation(), e);
        }
    }

    /**
     * Uses the ciphers until the platform has compiled them: at first they are hundreds of times slower, and a member
     * that is so slow looks dead to others. Takes some 200 ms, once in a JVM.
     */
    static void warmUp(CipherSuite suite) {
        byte[] material = new byte[CipherSuite.KEY_BYTES + CipherSuite.NONCE_BYTES]; // of no datagram
        DatagramKey sealing = new DatagramKey(0, suite, 0, material);
        DatagramKey opening = new DatagramKey(0, suite, 0, material);
        byte[] datagram = new byte[WARM_UP_BYTES];
        byte[] plain = new byte[WARM_UP_BYTES];
        for (int counter = 1; counter <= WARM_UP_DATAGRAMS; counter++) {
            sealing.seal(datagram, WARM_UP_BYTES - CipherSuite.TAG_BYTES, counter);
            if (opening.open(datagram, WARM_UP_BYTES, counter, plain) < 0) {
                throw new IllegalStateException(suite + " of this Java platform does not open what it has sealed");
            }
        }
    }

    boolean is(int wantedId, CipherSuite wantedSuite, long wantedEpoch) {
        return keyId == wantedId && suite == wantedSuite && epoch == wantedEpoch;
    }

    CipherSuite suite() {
        return suite;
    }

    int keyId() {
        return keyId;
    }

    long epoch() {
        return epoch;
    }

    /**
     * Encrypts in place what stands behind the header, and puts the tag behind it.
     *
     * @param datagram header, plain text, and room for the tag
     * @param length of header and plain text, in bytes
     */
    void seal(byte[] datagram, int length, long counter) {
        try {
            begin(Cipher.ENCRYPT_MODE, datagram, counter);
            cipher.doFinal(datagram, Header.BYTES, length - Header.BYTES, datagram, Header.BYTES);
        } catch (GeneralSecurityException e) {
            // A nonce twice under one key would give the key away: better no member than that.
            throw new IllegalStateException("cannot seal datagram " + counter, e);
        }
    }

    /**
     * Decrypts what stands behind the header. Whatever stands there, it does not throw.
     *
     * @param datagram header, cipher text and tag
     * @param length of all of it, in bytes
     * @param plain takes the plain text from its beginning; nothing is in it if the datagram is not authentic
     * @return how long the plain text is; -1 if the datagram is not authentic
     */
    int open(byte[] datagram, int length, long counter, byte[] plain) {
        try {
            return tryOpen(datagram, length, counter, plain);
        } catch (GeneralSecurityException refused) {
            // Up to Java 20 ChaCha20 refuses the nonce of the datagram before, which was forged; this one may not be.
            cipher = newCipher(suite);
            try {
                return tryOpen(datagram, length, counter, plain);
            } catch (GeneralSecurityException refusedAgain) {
                return -1;
            }
        }
    }

    private int tryOpen(byte[] datagram, int length, long counter, byte[] plain) throws GeneralSecurityException {
        try {
            begin(Cipher.DECRYPT_MODE, datagram, counter);
            return cipher.doFinal(datagram, Header.BYTES, length - Header.BYTES, plain, 0);
        } catch (AEADBadTagException forged) {
            return -1;
        }
    }

    private void begin(int mode, byte[] datagram, long counter) throws GeneralSecurityException {
        System.arraycopy(salt, 0, nonce, 0, nonce.length);
        for (int at = 0; at < Long.BYTES; at++) {
            nonce[nonce.length - 1 - at] ^= (byte) (counter >>> (8 * at));
        }
        cipher.init(mode, key, suite.parameters(nonce));
        cipher.updateAAD(datagram, 0, EnvelopeMutant.HEADER_NOT_AUTHENTICATED ? 1 : Header.BYTES);
    }
}
