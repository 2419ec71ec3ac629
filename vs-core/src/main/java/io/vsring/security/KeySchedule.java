package io.vsring.security;

import io.vsring.MemberId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which key a datagram has: that of one secret, cluster, sender, incarnation and epoch. So wrong clusters cannot read
 * each other, no two members and no two starts of one ever share a key, and none is used for too long, without anybody
 * having to remember or to agree on anything.
 *
 * <p>One thread.
 */
final class KeySchedule {

    /**
     * An epoch is 2^23 datagrams: few enough for one key by the bounds of RFC 9001 (6.6) for AES-GCM, which are for
     * longer messages than ours.
     */
    static final int EPOCH_BITS = 23;

    private static final byte[] SALT_PREFIX = "vs/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL = "datagram".getBytes(StandardCharsets.US_ASCII);

    private final Keyring keyring;
    private final Hkdf[] roots = new Hkdf[Keyring.ID_MAX + 1];

    KeySchedule(Keyring keyring, String clusterName) {
        this.keyring = keyring;
        byte[] salt = salt(clusterName);
        for (int id : keyring.ids()) {
            byte[] secret = keyring.secret(id);
            roots[id] = Hkdf.extract(salt, secret);
            Arrays.fill(secret, (byte) 0);
        }
    }

    static long epoch(long counter) {
        return counter >>> EPOCH_BITS;
    }

    Keyring keyring() {
        return keyring;
    }

    /** The key for datagrams of this sender; null if there is no secret of that id. */
    @Nullable
    DatagramKey derive(int keyId, CipherSuite suite, MemberId sender, long epoch) {
        Hkdf root = roots[keyId];
        if (root == null) {
            return null;
        }
        byte[] information = ByteBuffer.allocate(LABEL.length + 2 + 4 + 8 + 8)
                .put(LABEL)
                .put((byte) suite.number())
                .put((byte) keyId)
                .putInt(sender.id())
                .putLong(sender.incarnation())
                .putLong(epoch)
                .array();
        byte[] material = root.expand(information, CipherSuite.KEY_BYTES + CipherSuite.NONCE_BYTES);
        DatagramKey key = new DatagramKey(keyId, suite, epoch, material);
        Arrays.fill(material, (byte) 0);
        return key;
    }

    private static byte[] salt(String clusterName) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(SALT_PREFIX);
            return hash.digest(clusterName.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
