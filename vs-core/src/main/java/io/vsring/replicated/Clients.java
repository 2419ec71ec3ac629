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
 * client the number of the last one says it all. The answers are kept until the client says that it has them, or until
 * they are too many: then those go first that whoever has most was given longest ago. Who has gone is remembered for as
 * long as a thousand others have not gone after it, and its answers for as long as those of all who have gone since do
 * not become too many. Who asks for an answer that has gone is told that nobody knows it.
 *
 * <p>What is forgotten must be the same on all members: it follows from the commands and nothing else.
 */
final class Clients {

    static final int GONE_MAX = 1000;

    /** Of the answers of all that have gone. */
    static final long GONE_BYTES_MAX = 16 << 20;

    /** Of the answers of all that are here; one alone may have more. */
    static final long KEPT_BYTES_MAX = 64 << 20;

    private final TreeMap<MemberId, Client> clients = new TreeMap<>();
    private long departures;
    private int gone;
    private long goneBytes; // of answers
    private long keptBytes; // of the answers of those that are here

    /** How many that have gone are remembered. */
    int gone() {
        return gone;
    }

    /** The bytes of their answers. */
    long goneBytes() {
        return goneBytes;
    }

    /** The bytes of the answers of those that are here. */
    long keptBytes() {
        return keptBytes;
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
        long before = client.keptBytes;
        client.applied(command, answer);
        if (client.goneAt == 0) {
            keptBytes += client.keptBytes - before;
            makeRoom(client);
        }
    }

    /** @param last whose last answer stays, whatever it takes; null for nobody */
    private void makeRoom(@Nullable Client last) {
        while (keptBytes > KEPT_BYTES_MAX) {
            Client most = null;
            for (Client each : clients.values()) {
                boolean mayForget = each.goneAt == 0 && each.kept.size() > (each == last ? 1 : 0);
                if (mayForget && (most == null || each.keptBytes > most.keptBytes)) {
                    most = each;
                }
            }
            if (most == null) {
                return;
            }
            keptBytes -= most.forget(keptBytes - KEPT_BYTES_MAX, most == last ? 1 : 0);
        }
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
        keptBytes = 0;
        for (Client client : clients.values()) {
            keptBytes += client.goneAt == 0 ? client.keptBytes : 0;
        }
        makeRoom(null);
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
            isFull |= goneBytes + client.keptBytes > GONE_BYTES_MAX;
            if (isFull) {
                client.forget(client.keptBytes, 0);
            } else {
                goneBytes += client.keptBytes;
            }
        }
    }

    /** All of it as it is now, in pieces: of one client each, whose answers are in several where they are many. */
    Iterator<byte[]> snapshot() {
        long departed = departures;
        List<Part> parts = new ArrayList<>();
        clients.forEach((member, client) -> client.cut(member, parts));
        return parts.stream().map(part -> part.toBytes(departed)).iterator();
    }

    void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        Client client = clients.computeIfAbsent(in.getMember(), unused -> new Client());
        keptBytes -= client.goneAt == 0 ? client.keptBytes : 0;
        client.read(in);
        keptBytes += client.goneAt == 0 ? client.keptBytes : 0;
        departures = in.getNumber(ByteReader.NUMBER_MAX);
        in.end();
    }

    private record Kept(long request, Answer answer) {

        private static final int OVERHEAD_BYTES = 64;

        /** About what it takes in memory: many answers say nothing, and are there all the same. */
        long bytes() {
            return (long) OVERHEAD_BYTES + answer.body().length;
        }
    }

    /** What is told of a client at once. */
    private record Part(MemberId member, long last, long goneAt, List<Kept> kept) {

        byte[] toBytes(long departures) {
            ByteWriter out = new ByteWriter(64).putMember(member);
            out.putNumber(last).putNumber(goneAt).putNumber(kept.size());
            for (Kept each : kept) {
                out.putNumber(each.request);
                each.answer.write(out);
            }
            return out.putNumber(departures).toBytes();
        }
    }

    private static final class Client {

        private static final int KEPT_BYTES_MIN = 3;
        private static final int PART_BYTES = 32 << 10;

        private final ArrayDeque<Kept> kept = new ArrayDeque<>(4);
        private long keptBytes;
        private long last;
        private long goneAt;

        void applied(Command command, Answer answer) {
            while (!kept.isEmpty() && kept.getFirst().request <= command.acknowledged()) {
                keptBytes -= kept.removeFirst().bytes();
            }
            last = command.request();
            keep(new Kept(last, answer));
        }

        private void keep(Kept next) {
            kept.addLast(next);
            keptBytes += next.bytes();
        }

        /**
         * Forgets the oldest ones, so many bytes or all but so many answers.
         *
         * @return how many bytes that was
         */
        long forget(long bytes, int butAnswers) {
            long before = keptBytes;
            while (kept.size() > butAnswers && before - keptBytes < bytes) {
                keptBytes -= kept.removeFirst().bytes();
            }
            return before - keptBytes;
        }

        Answer answer(long request) {
            for (Kept each : kept) {
                if (each.request == request) {
                    return each.answer;
                }
            }
            return new Answer(Answer.Kind.FORGOTTEN, Answer.NOTHING);
        }

        /** Adds all parts of this client, one at least. */
        void cut(MemberId member, List<Part> parts) {
            List<Kept> some = new ArrayList<>();
            long bytes = 0;
            for (Kept each : kept) {
                if (bytes > 0 && bytes + each.bytes() > PART_BYTES) {
                    parts.add(new Part(member, last, goneAt, some));
                    some = new ArrayList<>();
                    bytes = 0;
                }
                some.add(each);
                bytes += each.bytes();
            }
            parts.add(new Part(member, last, goneAt, some));
        }

        /** Takes what a part says; its answers come behind those that are here. */
        void read(ByteReader in) {
            last = in.getNumber();
            goneAt = in.getNumber();
            int count = in.getCount(KEPT_BYTES_MIN);
            for (int i = 0; i < count; i++) {
                keep(new Kept(in.getNumber(), Answer.read(in)));
            }
        }
    }
}
