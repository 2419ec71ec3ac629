package io.vsring.replicated;

import static io.vsring.replicated.MessagesFuzz.require;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Fuzzed: commands of the objects that come with vs, one after the other. What means nothing is refused and changes
 * nothing; the state that they lead to can be sent, and is the same where it arrives.
 */
public final class ReplicasFuzz {

    private static final MemberId[] CLIENTS = {Members.A, Members.B, Members.C};

    private ReplicasFuzz() {}

    /** A byte for the kind of object; then for each command who sends it, its length and itself. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        Supplier<Replica> kind = kind(in.hasRemaining() ? in.get() : 0);
        Replica replica = kind.get();
        long millis = 1;
        for (long position = 0; in.remaining() >= 2; position++) {
            int who = in.get() & 0xFF;
            byte[] command = new byte[Math.min(in.get() & 0xFF, in.remaining())];
            in.get(command);
            millis += who >> 4;
            Replica.Circumstances now =
                    new Replica.Circumstances(position, millis, 1, CLIENTS[who % CLIENTS.length], Capabilities.NONE);
            if ((who & 0x0C) == 0x0C) {
                replica.onMembers(MemberSet.of(CLIENTS[who >> 4 & 1], CLIENTS[2]), now);
                replica.onTime(now);
                continue;
            }
            apply(replica, command, now);
        }
        List<byte[]> pieces = pieces(replica);
        Replica copy = kind.get();
        pieces.forEach(copy::restore);
        require(areAlike(pieces(copy), pieces), "the same state where it arrives");
    }

    /** The same bytes: a hash table gives what is in one place of it in the order in which it came there. */
    static boolean areAlike(List<byte[]> one, List<byte[]> other) {
        return Arrays.equals(sorted(one), sorted(other));
    }

    private static byte[] sorted(List<byte[]> pieces) {
        ByteWriter all = new ByteWriter(1024);
        pieces.forEach(all::putRaw);
        byte[] bytes = all.toBytes();
        Arrays.sort(bytes);
        return bytes;
    }

    private static void apply(Replica replica, byte[] command, Replica.Circumstances now) {
        List<byte[]> before = pieces(replica);
        try {
            byte[] unused = replica.apply(command, now);
        } catch (MalformedCommandException | ReplicaException refused) {
            List<byte[]> after = pieces(replica);
            require(before.size() == after.size(), "a refused command changes nothing");
            for (int index = 0; index < before.size(); index++) {
                require(Arrays.equals(before.get(index), after.get(index)), "a refused command changes nothing");
            }
        }
    }

    private static Supplier<Replica> kind(int which) {
        return switch (which & 3) {
            case 0 -> CounterReplica::new;
            case 1 -> () -> new LocksReplica((client, session, token) -> {});
            default -> () -> new MapReplica(new MapOperations(List.of()));
        };
    }

    static List<byte[]> pieces(Replica replica) {
        List<byte[]> pieces = new ArrayList<>();
        try (StateSnapshot snapshot = replica.snapshot()) {
            snapshot.forEachRemaining(pieces::add);
        }
        return pieces;
    }

    /** All kinds of objects that come with vs. */
    static Map<String, Supplier<Replica>> kinds() {
        return Map.of(
                CounterReplica.KIND, kind(0),
                LocksReplica.KIND, kind(1),
                MapReplica.KIND, kind(2));
    }
}
