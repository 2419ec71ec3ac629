package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has called, and how far: a call that comes twice is applied once.
 *
 * <p>A client sends its calls in order, and again in order when it does not know whether they were applied; so of each
 * client the number of the last one says it all. The answers are kept until the client says that it has them. Who has
 * gone is remembered for as long as a thousand others have not gone after it, and its answers for as long as those of
 * all who have gone since do not become too many: after that nobody knows what it was answered.
 */
final class Clients {

    static final int GONE_MAX = 1000;

    /** Of the answers of all that have gone. */
    static final long GONE_BYTES_MAX = 16 << 20;

    private final TreeMap<MemberId, Client> clients = new TreeMap<>();
    private long departures;
    private int gone;
    private long goneBytes; // of answers

    /** How many that have gone are remembered. */
    int gone() {
        return gone;
    }

    /** The bytes of their answers. */
    long goneBytes() {
        return goneBytes;
    }

    /** What this client was answered to a call that was applied before; null if that was not. */
    @Nullable
    Answer before(MemberId client, long request) {
        Client known = clients.get(client);
        return known == null || request > known.last || ReplicaMutant.APPLIED_TWICE ? null : known.answer(request);
    }

    /** The last call of this client that was applied; -1 if it is not known. */
    long last(MemberId client) {
        Client known = clients.get(client);
        return known == null ? -1 : known.last;
    }

    void applied(Command command, Answer answer) {
        Client client = clients.computeIfAbsent(command.client(), unused -> new Client());
        client.applied(command, answer);
    }

    /** Who is there now; forgets those that have been gone for longest. */
    void members(MemberSet members) {
        for (Map.Entry<MemberId, Client> each : clients.entrySet()) {
            if (members.contains(each.getKey())) {
                each.getValue().goneAt = 0;
            } else if (each.getValue().goneAt == 0) {
                each.getValue().goneAt = ++departures;
            }
        }
        forgetLongGone();
    }

    private void forgetLongGone() {
        List<Map.Entry<MemberId, Client>> all = clients.entrySet().stream()
                .filter(each -> each.getValue().goneAt != 0)
                .sorted(Comparator.comparingLong(each -> -each.getValue().goneAt))
                .toList();
        gone = Math.min(all.size(), GONE_MAX);
        goneBytes = 0;
        boolean isFull = false;
        for (int i = 0; i < all.size(); i++) {
            Client client = all.get(i).getValue();
            if (i >= GONE_MAX) {
                clients.remove(all.get(i).getKey());
                continue;
            }
            isFull |= goneBytes + client.keptBytes() > GONE_BYTES_MAX;
            if (isFull) {
                client.kept.clear();
            } else {
                goneBytes += client.keptBytes();
            }
        }
    }

    /** All of it in pieces: one client each. */
    Iterator<byte[]> snapshot() {
        List<byte[]> pieces = new ArrayList<>();
        for (Map.Entry<MemberId, Client> each : clients.entrySet()) {
            ByteWriter out = new ByteWriter(64).putMember(each.getKey());
            each.getValue().write(out);
            pieces.add(out.putNumber(departures).toBytes());
        }
        return pieces.iterator();
    }

    void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        MemberId member = in.getMember();
        clients.put(member, Client.read(in));
        departures = in.getNumber(ByteReader.NUMBER_MAX);
        in.end();
    }

    private static final class Client {

        private record Kept(long request, Answer answer) {}

        private static final int KEPT_BYTES_MIN = 3;

        private final ArrayDeque<Kept> kept = new ArrayDeque<>(4);
        private long last;
        private long goneAt;

        void applied(Command command, Answer answer) {
            while (!kept.isEmpty() && kept.getFirst().request <= command.acknowledged()) {
                kept.removeFirst();
            }
            last = command.request();
            kept.addLast(new Kept(last, answer));
        }

        long keptBytes() {
            return kept.stream().mapToLong(each -> each.answer.body().length).sum();
        }

        Answer answer(long request) {
            for (Kept each : kept) {
                if (each.request == request) {
                    return each.answer;
                }
            }
            return new Answer(Answer.Kind.FORGOTTEN, Answer.NOTHING);
        }

        void write(ByteWriter out) {
            out.putNumber(last).putNumber(goneAt).putNumber(kept.size());
            for (Kept each : kept) {
                out.putNumber(each.request);
                each.answer.write(out);
            }
        }

        static Client read(ByteReader in) {
            Client client = new Client();
            client.last = in.getNumber();
            client.goneAt = in.getNumber();
            int count = in.getCount(KEPT_BYTES_MIN);
            for (int i = 0; i < count; i++) {
                client.kept.addLast(new Kept(in.getNumber(), Answer.read(in)));
            }
            return client;
        }
    }
}
