package io.vsring.security;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A few envelopes, and what goes between them. */
final class Wire {

    static final long SECOND = 1_000_000_000L;
    static final String CLUSTER = "orders";
    static final Keyring KEYS = Keyring.of(1, KeyringTest.secret(1));

    private final Map<MemberAddress, Station> stations = new HashMap<>();
    private final Deque<Runnable> inFlight = new ArrayDeque<>();
    long nowNanos = -SECOND;

    /** How long each datagram takes. */
    long hopNanos;

    Station add(int slot, long incarnation) {
        return add(slot, incarnation, KEYS, CLUSTER);
    }

    /** With the slot of another one, and an address of its own. */
    Station addElsewhere(int slot, long incarnation) {
        return add(new Station(slot, 7100 + slot, incarnation, KEYS, CLUSTER));
    }

    Station add(int slot, long incarnation, Keyring keys, String cluster) {
        return add(new Station(slot, 7000 + slot, incarnation, keys, cluster));
    }

    private Station add(Station station) {
        stations.put(station.address, station);
        return station;
    }

    /** It is dead: nothing gets to it any more. */
    void remove(Station station) {
        stations.remove(station.address, station);
    }

    /** It is there again. */
    void put(Station station) {
        stations.put(station.address, station);
    }

    /** All that is on its way is lost. */
    void forget() {
        inFlight.clear();
    }

    void send(MemberAddress from, MemberAddress to, byte[] datagram) {
        Station there = stations.get(to);
        if (there != null) {
            inFlight.add(() -> there.takes(from, datagram));
        }
    }

    /** Delivers all that is on its way, and what that brings about. */
    void settle() {
        for (int steps = 0; !inFlight.isEmpty(); steps++) {
            if (steps > 10_000) {
                throw new IllegalStateException("they never come to an end");
            }
            nowNanos += hopNanos;
            inFlight.poll().run();
        }
    }

    /** One member's envelope, with all that came of what it was given. */
    final class Station implements SecurityEvents {

        final MemberAddress address;
        final MemberId id;
        final SealedEnvelope envelope;
        final List<Rejection> rejected = new ArrayList<>();
        final List<String> opened = new ArrayList<>();
        final List<Integer> keysSeen = new ArrayList<>();
        final List<byte[]> sent = new ArrayList<>();

        private Station(int slot, int port, long incarnation, Keyring keys, String cluster) {
            this.id = new MemberId(slot, incarnation);
            this.address = MemberAddress.ofIpv4(0x7F000001, port);
            this.envelope = new SealedEnvelope(
                    new Member(id, address),
                    new SealedEnvelope.Keys(keys, cluster),
                    new Random(incarnation),
                    this::post,
                    this);
        }

        private void post(MemberAddress to, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            sent.add(copy);
            send(address, to, copy);
        }

        byte[] seal(String text, int destination) {
            envelope.room().put(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer sealed = envelope.seal(destination);
            byte[] copy = new byte[sealed.remaining()];
            sealed.get(copy);
            return copy;
        }

        void says(String text, Station to) {
            send(address, to.address, seal(text, Envelope.TO_ALL));
            settle();
        }

        void greets(Station other) {
            envelope.introduce(other.address, nowNanos);
            settle();
        }

        @Nullable
        String takes(MemberAddress from, byte[] datagram) {
            ByteBuffer content = envelope.open(from, ByteBuffer.wrap(datagram.clone()), nowNanos);
            if (content == null) {
                return null;
            }
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            opened.add(text);
            return text;
        }

        /** Why this one is not let in; null if it is. */
        @Nullable
        Rejection refusal(byte[] datagram) {
            rejected.clear();
            takes(MemberAddress.ofIpv4(0x7F000001, 9999), datagram);
            return rejected.isEmpty() ? null : rejected.get(0);
        }

        @Override
        public void rejected(Rejection reason, MemberAddress source, long at) {
            rejected.add(reason);
        }

        @Override
        public void opened(int keyId) {
            keysSeen.add(keyId);
        }
    }
}
