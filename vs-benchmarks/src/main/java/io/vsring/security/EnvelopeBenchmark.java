package io.vsring.security;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A datagram into an envelope and out of it, and beside it what Java's cipher does for that alone: with {@code -prof
 * gc}, what the second allocates is Java's, and what the first allocates more is ours.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@NullUnmarked // JMH fills the fields
public class EnvelopeBenchmark {

    private static final String SECRET = "what everybody knows who reads this";
    private static final MemberAddress ADDRESS = MemberAddress.ofIpv4(0x7F00_0001, 7460);

    /** Bytes of the datagram before it is sealed. */
    @Param({"64", "256", "1400", "8900"})
    public int size;

    private final Greetings toReceiver = new Greetings();
    private final Greetings toSender = new Greetings();
    private SealedEnvelope sender;
    private SealedEnvelope receiver;
    private long nowNanos;
    private byte[] body;

    private final byte[] sealed = new byte[16_384];
    private final byte[] opened = new byte[16_384];
    private final byte[] nonce = new byte[CipherSuite.NONCE_BYTES];
    private final SecretKey key = new SecretKeySpec(new byte[CipherSuite.KEY_BYTES], "AES");
    private Cipher sealing;
    private Cipher opening;
    private long counter;

    /** The last greeting that an envelope had to send. */
    private static final class Greetings implements BiConsumer<MemberAddress, ByteBuffer> {
        private byte[] last;

        @Override
        public void accept(MemberAddress address, ByteBuffer bytes) {
            last = new byte[bytes.remaining()];
            bytes.get(last);
        }

        byte[] take() {
            byte[] taken = last;
            last = null;
            return taken;
        }
    }

    private static final class Silence implements SecurityEvents {
        @Override
        public void rejected(Rejection reason, MemberAddress source, long now) {
            throw new IllegalStateException("rejected: " + reason);
        }

        @Override
        public void opened(int keyId) {}
    }

    /** Two members that believe each other. */
    @Setup
    public void greet() throws GeneralSecurityException {
        sender = envelope(1, toReceiver);
        receiver = envelope(2, toSender);
        body = new byte[size];
        sender.introduce(ADDRESS, nowNanos);
        for (byte[] question = toReceiver.take(); question != null; question = toReceiver.take()) {
            receiver.open(ADDRESS, ByteBuffer.wrap(question), nowNanos);
            byte[] answer = toSender.take();
            if (answer != null) {
                sender.open(ADDRESS, ByteBuffer.wrap(answer), nowNanos);
            }
        }
        sealing = Cipher.getInstance(CipherSuite.AES_256_GCM.transformation());
        opening = Cipher.getInstance(CipherSuite.AES_256_GCM.transformation());
    }

    private static SealedEnvelope envelope(int slot, Greetings greetings) {
        Member self = new Member(new MemberId(slot, slot), MemberAddress.ofIpv4(0x7F00_0001, 7460 + slot));
        SealedEnvelope.Keys keys =
                new SealedEnvelope.Keys(Keyring.of(1, SECRET.getBytes(StandardCharsets.US_ASCII)), "benchmark");
        return new SealedEnvelope(self, keys, new SplittableRandom(slot), greetings, new Silence());
    }

    /** Sealed by one member, opened by the other. */
    @Benchmark
    public ByteBuffer sealAndOpen() {
        sender.room().put(body);
        return receiver.open(ADDRESS, sender.seal(Envelope.TO_ALL), nowNanos++);
    }

    /** The same bytes, sealed and opened by Java alone. */
    @Benchmark
    public int ciphersAlone() throws GeneralSecurityException {
        counter++;
        for (int at = 0; at < Long.BYTES; at++) {
            nonce[nonce.length - 1 - at] = (byte) (counter >>> (8 * at));
        }
        sealing.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * CipherSuite.TAG_BYTES, nonce));
        sealing.updateAAD(sealed, 0, Header.BYTES);
        int length = sealing.doFinal(sealed, Header.BYTES, size, sealed, Header.BYTES);
        opening.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * CipherSuite.TAG_BYTES, nonce));
        opening.updateAAD(sealed, 0, Header.BYTES);
        return opening.doFinal(sealed, Header.BYTES, length, opened, 0);
    }
}
