package io.vsring.replicated;

import io.vsring.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The last commands of a history, with the places where they were applied: who lacks no more than these can be told
 * them instead of the whole state. Bounded by bytes. Delivery thread only.
 */
final class CommandLog {

    private record Entry(Command command, long position, long chain) {}

    private final long bytesMax;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    CommandLog(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    long bytes() {
        return bytes;
    }

    /** This command follows the state of this position and chain. */
    void add(Command command, long position, long chain) {
        entries.add(new Entry(command, position, chain));
        bytes += command.bytes();
        while (bytes > bytesMax) {
            bytes -= entries.remove().command.bytes();
        }
    }

    /** Whether the state of this position was this one, and all that came since is here. */
    boolean leadsFrom(long position, long chain) {
        if (entries.isEmpty() || position < entries.getFirst().position) {
            return false;
        }
        for (Entry entry : entries) {
            if (entry.position == position) {
                return entry.chain == chain;
            }
        }
        return false;
    }

    /** Whether all commands from that position on are the first of these. */
    boolean isBeginning(long position, List<Command> commands) {
        Iterator<Command> others = commands.iterator();
        for (Entry entry : entries) {
            if (entry.position >= position && !(others.hasNext() && entry.command.isSameAs(others.next()))) {
                return false;
            }
        }
        return true;
    }

    /** All commands from that position on, encoded with their clients. */
    List<byte[]> from(long position) {
        List<byte[]> all = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.position >= position) {
                all.add(new Told(entry.position, entry.command).toBytes());
            }
        }
        return all;
    }

    /** A command with its client and the position at which it is to be applied. */
    record Told(long position, Command command) {

        byte[] toBytes() {
            ByteWriter out = new ByteWriter(48 + command.body().length);
            out.putNumber(position).putMember(command.client());
            command.write(out);
            return out.toBytes();
        }

        static Told read(byte[] piece) {
            ByteReader in = new ByteReader(piece);
            long position = in.getNumber(ByteReader.NUMBER_MAX);
            MemberId client = in.getMember();
            Command command = Command.read(client, in);
            command.requireReadable();
            return new Told(position, command);
        }
    }
}
