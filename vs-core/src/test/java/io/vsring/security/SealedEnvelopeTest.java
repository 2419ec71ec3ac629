package io.vsring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Member;
import io.vsring.security.Wire.Station;
import io.vsring.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedEnvelopeTest {

    private final Wire wire = new Wire();
    private final Station a = wire.add(1, 11);
    private final Station b = wire.add(2, 22);

    @Test
    void whoHasGreetedIsBelievedAndNobodyBefore() {
        a.says("before", b);

        assertThat(b.opened).isEmpty();
        assertThat(b.rejected).containsExactly(Rejection.UNPROVEN);

        a.greets(b);
        a.says("hello", b);
        b.says("hello too", a);

        assertThat(b.opened).containsExactly("hello");
        assertThat(a.opened).containsExactly("hello too");
        assertThat(a.sent)
                .as("question, and answer to the other one's question")
                .hasSize(2);
        assertThat(b.sent).as("one answer with a question of its own").hasSize(1);
    }

    @Test
    void noAnswerIsLongerThanItsQuestion() {
        a.greets(b);

        assertThat(a.sent).allMatch(greeting -> greeting.length == b.sent.get(0).length);
    }

    @Test
    void whoIsHeardNeedNotBeGreetedAgain() {
        a.greets(b);
        wire.nowNanos += Wire.SECOND / 20;
        a.greets(b); // once more, until it is known that the other one believes
        int before = a.sent.size();

        a.greets(b);
        assertThat(a.sent).hasSize(before);

        wire.nowNanos += Wire.SECOND;
        a.greets(b);
        assertThat(a.sent).hasSize(before + 1);
    }

    @Test
    void nothingIsToBeReadInWhatGoesOut() {
        byte[] datagram = a.seal("the marker of this payload", Envelope.TO_ALL);

        assertThat(new String(datagram, StandardCharsets.ISO_8859_1)).doesNotContain("marker");
        assertThat(datagram).hasSize("the marker of this payload".length() + WireFormat.ENVELOPE_BYTES);
    }

    /**
     * What another implementation, of HKDF and of the ciphers as well, makes of the document: a release that seals
     * differently cannot talk to this one.
     */
    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void theBytesAreThoseOfTheDocument(CipherSuite suite) {
        Keyring keys = new Keyring(Map.of(9, KeyringTest.secret(9)), 9, suite);
        Station sender = wire.add(0x0102, 0x1112131415161718L, keys, Wire.CLUSTER);

        String expected = switch (suite) {
            case AES_256_GCM ->
                "76110900000001020000000511121314151617180000000000000001a03faf8eb97288848ba98c0145e82db361a079406a35"
                        + "";
            case CHACHA20_POLY1305 ->
                "761209000000010200000005111213141516171800000000000000012609354e16ed08b57f5689be0d622b86119a84a1e759"
                        + "";
        };
        assertThat(HexFormat.of().formatHex(sender.seal("golden", 5))).isEqualTo(expected);
    }

    @Test
    void everyBitCounts() {
        a.greets(b);
        byte[] datagram = a.seal("hello", b.id.id());
        for (int bit = 0; bit < 8 * datagram.length; bit++) {
            byte[] flipped = datagram.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(b.refusal(flipped)).as("bit %d", bit).isNotNull();
        }
        assertThat(b.refusal(datagram)).isNull();
        assertThat(b.opened).containsExactly("hello");
    }

    @Test
    void everyLengthButItsOwnIsRefused() {
        a.greets(b);
        byte[] datagram = a.seal("hello", Envelope.TO_ALL);
        for (int length = 0; length < datagram.length; length++) {
            assertThat(b.refusal(Arrays.copyOf(datagram, length)))
                    .as("%d bytes", length)
                    .isNotNull();
        }
        assertThat(b.refusal(Arrays.copyOf(datagram, datagram.length + 1))).isEqualTo(Rejection.FORGED);
        assertThat(b.refusal(new byte[WireFormat.FRAME_BYTES_MAX + 1])).isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void whatHasBeenHereDoesNotComeInAgain() {
        a.greets(b);
        byte[] first = a.seal("first", Envelope.TO_ALL);
        byte[] second = a.seal("second", Envelope.TO_ALL);

        assertThat(b.refusal(second)).isNull();
        assertThat(b.refusal(first)).as("reordered").isNull();
        assertThat(b.refusal(second)).isEqualTo(Rejection.REPLAYED);
        assertThat(b.refusal(first)).isEqualTo(Rejection.REPLAYED);
        for (int i = 0; i < ReplayWindow.SIZE; i++) {
            a.seal("more", Envelope.TO_ALL);
        }
        assertThat(b.refusal(a.seal("last", Envelope.TO_ALL))).isNull();
        assertThat(b.refusal(first)).isEqualTo(Rejection.TOO_OLD);
    }

    @Test
    void aTokenThatIsLedToAnotherMemberDoesNotComeIn() {
        Station c = wire.add(3, 33);
        a.greets(b);
        a.greets(c);
        byte[] token = a.seal("token", b.id.id());

        assertThat(c.refusal(token)).isEqualTo(Rejection.NOT_FOR_US);
        assertThat(b.refusal(token)).isNull();
    }

    @Test
    void whatComesFromElsewhereSaysWhy() {
        Station otherCluster = wire.add(3, 33, Wire.KEYS, "payments");
        Station otherSecret = wire.add(4, 44, Keyring.of(1, KeyringTest.secret(2)), Wire.CLUSTER);
        Station otherKey = wire.add(5, 55, Keyring.of(2, KeyringTest.secret(1)), Wire.CLUSTER);

        assertThat(b.refusal(otherCluster.seal("x", Envelope.TO_ALL))).isEqualTo(Rejection.FORGED);
        assertThat(b.refusal(otherSecret.seal("x", Envelope.TO_ALL))).isEqualTo(Rejection.FORGED);
        assertThat(b.refusal(otherKey.seal("x", Envelope.TO_ALL))).isEqualTo(Rejection.UNKNOWN_KEY);
        assertThat(b.refusal(b.seal("x", Envelope.TO_ALL))).isEqualTo(Rejection.OWN);
        byte[] plain = new byte[100];
        plain[0] = 'V';
        plain[1] = 'S';
        assertThat(b.refusal(plain)).isEqualTo(Rejection.PLAINTEXT);
        assertThat(b.refusal("GET / HTTP/1.1, with some more of it and more".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Rejection.NOT_OURS);
        otherCluster.greets(b);
        assertThat(b.sent).as("answers to strangers").isEmpty();
    }

    @Test
    void aRecordingIsNotBelievedByWhoHasStartedAnew() {
        byte[] recorded = a.seal("recorded", Envelope.TO_ALL);
        a.greets(b);
        List<byte[]> hour = new ArrayList<>(a.sent);
        hour.add(recorded);
        wire.remove(a);
        Station restarted = wire.add(2, 23);
        wire.nowNanos += 60 * Wire.SECOND;

        hour.forEach(datagram -> restarted.takes(a.address, datagram));
        wire.settle();

        assertThat(restarted.opened).isEmpty();
        assertThat(restarted.rejected).contains(Rejection.UNPROVEN);
        assertThat(restarted.sent).as("asks whether it is alive, once").hasSize(1);
    }

    @Test
    void whatOneselfSaidBeforeTheRestartMakesNobodyWriteToOneself() {
        b.greets(a);
        List<byte[]> recorded = new ArrayList<>(b.sent);
        recorded.add(b.seal("before", Envelope.TO_ALL));
        wire.remove(b);
        Station restarted = wire.add(2, 23);

        recorded.forEach(datagram -> restarted.takes(a.address, datagram));

        assertThat(recorded).hasSizeGreaterThan(1);
        assertThat(restarted.rejected).contains(Rejection.UNPROVEN);
        assertThat(restarted.sent).isEmpty();
    }

    @Test
    void anAnswerThatIsKeptBackIsWorthNothingLater() {
        a.envelope.introduce(b.address, wire.nowNanos);
        byte[] question = a.sent.get(0);
        b.takes(a.address, question);
        byte[] answer = b.sent.get(0);
        wire.nowNanos += 5 * Wire.SECOND;

        a.takes(b.address, answer);

        assertThat(a.refusal(b.seal("hello", Envelope.TO_ALL))).isEqualTo(Rejection.UNPROVEN);
    }

    /** Nobody had believed the one before, since its answer was late on its way. */
    @Test
    void anAnswerOfTheOneBeforeThatComesBehindTheProofOfTheNextOneIsNone() {
        a.envelope.introduce(b.address, wire.nowNanos);
        b.takes(a.address, a.sent.get(0));
        byte[] late = b.sent.get(0);
        wire.forget();
        wire.remove(b);
        Station again = wire.add(2, 23);
        again.greets(a);
        assertThat(a.refusal(again.seal("again", Envelope.TO_ALL))).isNull();

        a.takes(b.address, late);

        assertThat(a.refusal(b.seal("before", Envelope.TO_ALL))).isEqualTo(Rejection.UNPROVEN);
        assertThat(a.refusal(again.seal("still", Envelope.TO_ALL))).isNull();
    }

    /** What came before a member had proven that it is alive may be of a time before this one was started. */
    @Test
    void whatWasSentBeforeTheProofDoesNotComeInAfterIt() {
        byte[] recorded = a.seal("recorded", Envelope.TO_ALL);
        a.greets(b);

        assertThat(b.refusal(recorded)).isEqualTo(Rejection.TOO_OLD);
        assertThat(b.refusal(a.seal("live", Envelope.TO_ALL))).isNull();
    }

    @Test
    void aRestartedMemberIsBelievedAtOnceAndWhatTheOneBeforeLeftBehindIsNot() {
        a.greets(b);
        List<byte[]> withheld = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            withheld.add(a.seal("withheld " + i, Envelope.TO_ALL));
        }
        wire.remove(a);
        Station again = wire.add(1, 12);

        again.greets(b);

        assertThat(b.refusal(again.seal("now", Envelope.TO_ALL))).isNull();
        for (byte[] datagram : withheld) {
            wire.nowNanos += Wire.SECOND / 20;
            assertThat(b.refusal(datagram)).isEqualTo(Rejection.UNPROVEN);
        }
    }

    /** What to do with them is for the protocol to say, and for that it has to hear both. */
    @Test
    void twoLivingMembersWithOneIdAreBothBelieved() {
        a.greets(b);
        Station twin = wire.addElsewhere(1, 12);
        wire.nowNanos += 60 * Wire.SECOND; // in an idle ring they may not hear each other for long
        twin.greets(b);
        for (int step = 0; step < 20; step++) {
            wire.nowNanos += Wire.SECOND / 10;
            assertThat(b.refusal(twin.seal("twin " + step, Envelope.TO_ALL))).isNull();
            assertThat(b.refusal(a.seal("still here " + step, Envelope.TO_ALL))).isNull();
        }
    }

    @Test
    void theOneBeforeIsAskedAgainWhenTheQuestionWasLost() {
        a.greets(b);
        Station twin = wire.addElsewhere(1, 12);
        wire.remove(a);
        twin.greets(b); // and b's question to a is lost
        wire.nowNanos += Wire.SECOND / 10;

        a.says("asked by this", b);
        b.takes(a.address, a.seal("before", Envelope.TO_ALL));
        wire.put(a);
        wire.nowNanos += Wire.SECOND / 10;
        a.says("asked by this", b);

        assertThat(b.refusal(a.seal("after", Envelope.TO_ALL))).isNull();
        assertThat(b.refusal(twin.seal("too", Envelope.TO_ALL))).isNull();
    }

    /** On Java 17 ChaCha20 refuses the same nonce twice, also to open. */
    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void forgeriesOfOneCounterNeitherThrowNorKeepTheGenuineOneOut(CipherSuite suite) {
        Station sender = wire.add(3, 33, new Keyring(Map.of(1, KeyringTest.secret(1)), 1, suite), Wire.CLUSTER);
        sender.greets(b);
        byte[] genuine = sender.seal("genuine", Envelope.TO_ALL);
        for (int forgery = 1; forgery < 5; forgery++) {
            byte[] forged = genuine.clone();
            forged[genuine.length - forgery]++;
            assertThat(b.refusal(forged)).isEqualTo(Rejection.FORGED);
        }

        assertThat(b.refusal(genuine)).isNull();
    }

    @Test
    void aForgerWhoChoosesAnotherSuiteGetsNothing() {
        a.greets(b);
        byte[] forged = a.seal("hello", Envelope.TO_ALL);
        forged[1] = 0x12;
        for (int i = 0; i < 3; i++) {
            assertThat(b.refusal(forged)).isEqualTo(Rejection.FORGED);
        }
    }

    @Test
    void whoIsHeardAndDoesNotBelieveIsGreetedAgain() {
        a.envelope.introduce(b.address, wire.nowNanos);
        b.takes(a.address, a.sent.get(0));
        a.takes(b.address, b.sent.get(0)); // and the answer to its question is lost
        wire.forget();
        assertThat(b.refusal(a.seal("before", Envelope.TO_ALL))).isEqualTo(Rejection.UNPROVEN);

        wire.nowNanos += Wire.SECOND / 20;
        b.says("audible all the time", a);
        a.greets(b);

        assertThat(a.opened).containsExactly("audible all the time");
        assertThat(b.refusal(a.seal("after", Envelope.TO_ALL))).isNull();
    }

    /** Members of one ring have nobody to introduce themselves to, so what was lost before would never be made good. */
    @Test
    void whoSpeaksAndIsNotBelievedIsAskedThoughNobodyGreetsAnyMore() {
        a.envelope.introduce(b.address, wire.nowNanos);
        b.takes(a.address, a.sent.get(0));
        wire.forget(); // b's question
        assertThat(b.refusal(a.seal("before", Envelope.TO_ALL))).isEqualTo(Rejection.UNPROVEN);
        wire.nowNanos += Wire.SECOND / 10;

        a.says("asked by this", b);
        wire.settle();

        assertThat(b.refusal(a.seal("after", Envelope.TO_ALL))).isNull();
    }

    @Test
    void whoSpeaksAndIsNotBelievedIsAskedNowAndThenOnly() {
        a.envelope.introduce(b.address, wire.nowNanos);
        b.takes(a.address, a.sent.get(0));
        wire.forget();
        int before = b.sent.size();
        for (int i = 0; i < 1_000; i++) {
            wire.nowNanos += Wire.SECOND / 1_000;
            b.refusal(a.seal("again", Envelope.TO_ALL));
            wire.forget();
        }

        assertThat(b.sent.size() - before).as("questions in a second").isBetween(10, 20);
    }

    /** The two came onto one ring through a third one; neither has greeted the other, so nobody has an address. */
    @Test
    void companionsThatHaveNeverHeardEachOtherAreAskedUntilTheyAnswer() {
        List<Member> ring = List.of(new Member(a.id, a.address), new Member(b.id, b.address));
        assertThat(b.refusal(a.seal("nobody knows whom to ask", Envelope.TO_ALL)))
                .isEqualTo(Rejection.UNPROVEN);
        assertThat(b.sent).isEmpty();

        b.envelope.meet(ring, wire.nowNanos);
        wire.forget(); // the question
        wire.nowNanos += Wire.SECOND / 10;
        b.envelope.meet(ring, wire.nowNanos);
        wire.settle();

        assertThat(b.refusal(a.seal("after", Envelope.TO_ALL))).isNull();
        int before = b.sent.size();
        wire.nowNanos += Wire.SECOND;
        b.envelope.meet(ring, wire.nowNanos);
        assertThat(b.sent).as("who has proven it is not asked").hasSize(before);
    }

    @Test
    void twoThatWillNeverBelieveEachOtherDoNotGreetForEver() {
        Station twin = wire.addElsewhere(1, 12);
        wire.hopNanos = Wire.SECOND / 50;

        twin.greets(a); // ends, or the wire says so

        assertThat(a.sent.size() + twin.sent.size()).isLessThan(5);
    }

    @Test
    void keysChangeWhileTheyTalk() {
        a.greets(b);
        Keyring both =
                new Keyring(Map.of(1, KeyringTest.secret(1), 2, KeyringTest.secret(2)), 1, CipherSuite.AES_256_GCM);
        Keyring next = new Keyring(
                Map.of(1, KeyringTest.secret(1), 2, KeyringTest.secret(2)), 2, CipherSuite.CHACHA20_POLY1305);

        a.envelope.use(both);
        b.envelope.use(both);
        assertThat(b.refusal(a.seal("old", Envelope.TO_ALL))).isNull();
        a.envelope.use(next);
        assertThat(b.refusal(a.seal("new", Envelope.TO_ALL))).isNull();
        b.envelope.use(Keyring.of(2, KeyringTest.secret(2)));
        assertThat(b.refusal(a.seal("newer", Envelope.TO_ALL))).isNull();
        assertThat(a.refusal(b.seal("new too", Envelope.TO_ALL))).isNull();

        assertThat(b.keysSeen).containsExactly(1, 2, 2);
        a.envelope.use(both);
        assertThat(b.refusal(a.seal("old again", Envelope.TO_ALL))).isEqualTo(Rejection.UNKNOWN_KEY);
    }

    @Test
    void whoeverFloodsCannotKeepAMemberOut() {
        a.greets(b);
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] forged = a.seal("forged", Envelope.TO_ALL);
            byte[] header = Arrays.copyOf(forged, forged.length);
            random.nextBytes(forged);
            System.arraycopy(header, 0, forged, 0, Header.BYTES);
            forged[19] = (byte) random.nextInt(); // the incarnation: a new sender each time
            b.takes(a.address, forged);
        }

        assertThat(b.rejected).contains(Rejection.NOT_TRIED);
        assertThat(b.refusal(a.seal("known", Envelope.TO_ALL))).isNull();
        b.envelope.use(
                new Keyring(Map.of(1, KeyringTest.secret(1), 2, KeyringTest.secret(2)), 1, CipherSuite.AES_256_GCM));
        assertThat(b.refusal(a.seal("known, with a key that b has to derive anew", Envelope.TO_ALL)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noBytesMakeItThrow(long seed) {
        a.greets(b);
        Random random = new Random(seed);
        byte[] datagram = a.seal("hello", Envelope.TO_ALL);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            System.arraycopy(datagram, 0, bytes, 0, Math.min(bytes.length, random.nextInt(Header.BYTES + 1)));

            b.takes(a.address, bytes);
        }

        assertThat(b.opened).isEmpty();
    }
}
