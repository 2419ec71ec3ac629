package io.vsring.replicated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * One history: the state that its commands have led to, how many they were, and a digest of them and their results.
 *
 * <p>Commands that were delivered in a transitional configuration are tentative: they are in their order, but another
 * component may go on without them. They are applied when this history is chosen to go on. Delivery thread only.
 */
final class Journal {

    private static final long MIX_1 = 0xbf58_476d_1ce4_e5b9L;
    private static final long MIX_2 = 0x94d0_49bb_1331_11ebL;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    /**
     * The name of a history is the time of its beginning in milliseconds since 1970, and behind it so many bits of
     * chance.
     */
    static final int LINEAGE_CHANCE_BITS = 20;

    /** Time goes on for longer than anything, and not beyond what can be told. */
    private static final long MILLIS_MAX = 1L << 61;

    static final long LOG_BYTES = 8 << 20;

    /** Histories that are known to have been given up. */
    static final int ENDED_MAX = 64;

    private static final int HEAD = 0;
    private static final int CLIENT = 1;
    private static final int OBJECT = 2;
    private static final int TENTATIVE = 3;

    private final Shelf shelf;
    private final Clients clients = new Clients();
    private final Deque<Command> tentative = new ArrayDeque<>();
    private long tentativeBytes;
    private final CommandLog log = new CommandLog(LOG_BYTES);
    private final CRC32C checksum = new CRC32C();
    private final TreeSet<HistoryName> ended = new TreeSet<>(); // given up for this one
    private Capabilities common;
    private int declaredMembers = Establishment.NOT_DECLARED;
    private long begunMillis;
    private long lineage;
    private long position;
    private long chain;
    private long millis;
    private long tentativeChain;

    /** An empty one. */
    Journal(Map<String, Supplier<Replica>> kinds) {
        this.shelf = new Shelf(kinds);
        this.common =
                Capabilities.of(kinds.keySet().stream().map(Capabilities::kind).toList());
    }

    /** The first of a history with this name. */
    static Journal begin(Map<String, Supplier<Replica>> kinds, long lineage) {
        Journal journal = new Journal(kinds);
        journal.lineage = lineage;
        journal.chain = mix(lineage);
        journal.millis = Math.min(Standing.CLOCK_MILLIS_MAX, lineage >>> LINEAGE_CHANCE_BITS);
        journal.begunMillis = journal.millis;
        return journal;
    }

    Shelf shelf() {
        return shelf;
    }

    Clients clients() {
        return clients;
    }

    /** Names the history; 0 if this is the beginning of none. */
    long lineage() {
        return lineage;
    }

    long position() {
        return position;
    }

    long chain() {
        return chain;
    }

    /** How many members an operator has declared there are; {@link Establishment#NOT_DECLARED} if none did. */
    int declaredMembers() {
        return declaredMembers;
    }

    /** The histories that were given up for this one; by what is tentative too, since others may go on with it. */
    List<HistoryName> ended() {
        TreeSet<HistoryName> all = new TreeSet<>(ended);
        for (Command command : tentative) {
            if (command.isBeginning()) {
                all.addAll(command.readEstablishment().ended());
            }
        }
        return List.copyOf(all);
    }

    /** Shows how much of what has a cap there is. */
    void show(ReplicationBoard board) {
        board.show(StateResource.KEPT_ANSWERS, clients.keptBytes());
        board.show(StateResource.GONE_CLIENTS, clients.gone());
        board.show(StateResource.GONE_ANSWERS, clients.goneBytes());
        board.show(StateResource.COMMAND_LOG, log.bytes());
        board.show(StateResource.TENTATIVE_COMMANDS, tentativeBytes);
        board.show(StateResource.ENDED_HISTORIES, ended.size());
    }

    /** What the commands that are tentative take in memory. */
    long tentativeBytes() {
        return tentativeBytes;
    }

    Standing.Extent extent() {
        return new Standing.Extent(position, chain, tentative.size(), tentativeChain);
    }

    /** Applies a command, unless it has been applied before; the answer is the same then. */
    Answer apply(Command command) {
        if (!command.isCall()) {
            applyWitnessed(command);
            return Answer.done(Answer.NOTHING);
        }
        Answer answer = clients.before(command.client(), command.request());
        if (answer == null) {
            answer = answer(command);
            clients.applied(command, answer);
        }
        advance(command, answer);
        return answer;
    }

    private void applyWitnessed(Command command) {
        if (command.isBeginning()) {
            Establishment beginning = command.readEstablishment();
            established(beginning);
            clients.members(beginning.members());
            shelf.members(beginning.members(), circumstances(command));
        } else if (command.object() == Command.STOP) {
            shelf.stop(command.readStopped());
        } else {
            millis = Math.min(MILLIS_MAX, millis + command.readMillis());
            shelf.timePassed(circumstances(command));
        }
        advance(command, Answer.done(Answer.NOTHING));
    }

    private void established(Establishment beginning) {
        common = beginning.common();
        declaredMembers = beginning.expectedMembers();
        begunMillis = Math.max(begunMillis, beginning.begunMillis());
        ended.addAll(beginning.ended());
        while (ended.size() > ENDED_MAX) {
            ended.pollFirst();
        }
    }

    private Answer answer(Command command) {
        Shelf.Item item = shelf.item(command.object());
        Command.Creation creation = command.creation();
        if (creation == null) {
            if (item == null) {
                return new Answer(Answer.Kind.NO_OBJECT, Answer.NOTHING);
            }
        } else {
            if (item == null && !common.has(Capabilities.kind(creation.kind()))) {
                return Answer.refused("not every member has the code for objects of kind '" + creation.kind() + "': '"
                        + creation.name() + "' can be made when all have it");
            }
            if (item == null && shelf.isFull()) {
                return Answer.refused("there are " + Shelf.OBJECTS_MAX + " replicated objects already: '"
                        + creation.name() + "' is not made. Entries of one map take the place of many objects");
            }
            item = shelf.findOrCreate(command.object(), creation);
            if (!item.creation().equals(creation)) {
                return Answer.refused("the names '" + creation.name() + "' and '"
                        + item.creation().name() + "' have the same key: give one of the objects another name");
            }
        }
        if (item.isStopped()) {
            return Answer.refused("'" + item.creation().name() + "' of kind '"
                    + item.creation().kind() + "' has been stopped: it did not become the same on all members, so its"
                    + " code is not deterministic");
        }
        try {
            return Answer.done(shelf.apply(item, command.body(), circumstances(command)));
        } catch (ReplicaException refused) {
            return Answer.refused(String.valueOf(refused.getMessage()));
        } catch (RuntimeException thrown) {
            // Its text may differ between members, and what is answered must not.
            return Answer.refused("the command failed with " + thrown.getClass().getName());
        }
    }

    private Replica.Circumstances circumstances(Command command) {
        return new Replica.Circumstances(position, millis, begunMillis, command.client(), common);
    }

    private void advance(Command command, Answer answer) {
        log.add(command, position, chain);
        long said = digest(answer.kind().ordinal(), answer.body());
        Shelf.Item item = command.isCall() ? shelf.item(command.object()) : null;
        if (item != null) {
            item.answered(position, said);
        }
        position++;
        chain = mix(chain ^ digest(command) ^ said);
    }

    /** Takes a command that is not to be applied yet. */
    void addTentative(Command command) {
        tentative.add(command);
        tentativeBytes += command.bytes();
        tentativeChain = mix(tentativeChain ^ digest(command));
    }

    List<Command> tentative() {
        return List.copyOf(tentative);
    }

    /** What is tentative here and not among these. */
    List<Command> tentativeNotIn(List<Command> commands) {
        return tentative.stream()
                .filter(mine -> commands.stream().noneMatch(mine::isSameAs))
                .toList();
    }

    /** Another history goes on, or this one without what is tentative. */
    void forgetTentative() {
        tentative.clear();
        tentativeBytes = 0;
        tentativeChain = 0;
    }

    /** Whether who holds this state lacks no more than commands that are remembered here. */
    boolean leadsFrom(Standing.Extent extent) {
        if (ReplicaMutant.COMMANDS_FROM_ANYWHERE && extent.position() > 0 && extent.position() <= position) {
            return true;
        }
        return (extent.position() == position && extent.chain() == chain)
                || log.leadsFrom(extent.position(), extent.chain());
    }

    /** Whether this state is the one of that extent's position, and what was applied since are the first of these. */
    boolean isWhatFollows(Standing.Extent extent, List<Command> commands) {
        return log.leadsFrom(extent.position(), extent.chain()) && log.isBeginning(extent.position(), commands);
    }

    /** The commands from that position on, encoded, and behind them those that are tentative. */
    List<byte[]> commandsFrom(long from) {
        List<byte[]> all = log.from(from);
        all.addAll(toldTentative());
        return all;
    }

    private List<byte[]> toldTentative() {
        List<byte[]> all = new ArrayList<>();
        long at = position;
        for (Command command : tentative) {
            all.add(new CommandLog.Told(at++, command).toBytes());
        }
        return all;
    }

    /** Applies what is tentative: this history goes on. */
    void applyTentative() {
        for (Command command = tentative.poll(); command != null; command = tentative.poll()) {
            Answer unused = apply(command);
        }
        forgetTentative();
    }

    /** Applies the first ones of what is tentative, up to this position: they are certain, and have been shown. */
    void applyTentativeTo(long end) {
        while (position < end && !tentative.isEmpty()) {
            Answer unused = apply(tentative.remove());
        }
        List<Command> rest = tentative();
        forgetTentative();
        rest.forEach(this::addTentative);
    }

    /** All of it as of now, in pieces. */
    StateSnapshot snapshot() {
        byte[] head = head();
        Iterator<byte[]> ofTentative = toldTentative().iterator();
        Iterator<byte[]> ofClients = ReplicaMutant.CLIENTS_NOT_SENT ? Collections.emptyIterator() : clients.snapshot();
        StateSnapshot ofObjects = shelf.snapshot();
        return new StateSnapshot() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return !begun || ofTentative.hasNext() || ofClients.hasNext() || ofObjects.hasNext();
            }

            @Override
            public byte[] next() {
                if (!begun) {
                    begun = true;
                    return head;
                }
                if (ofTentative.hasNext()) {
                    return marked(TENTATIVE, ofTentative.next());
                }
                return ofClients.hasNext() ? marked(CLIENT, ofClients.next()) : marked(OBJECT, ofObjects.next());
            }

            @Override
            public void close() {
                ofObjects.close();
            }
        };
    }

    private byte[] head() {
        ByteWriter out = new ByteWriter(256).putByte(HEAD);
        out.putLong(lineage).putNumber(position).putLong(chain);
        out.putNumber(millis).putNumber(begunMillis).putNumber(declaredMembers + 1L);
        common.write(out);
        Establishment.writeNames(out, List.copyOf(ended));
        return out.toBytes();
    }

    private void readHead(ByteReader in) {
        lineage = in.getLong();
        position = in.getNumber(ByteReader.NUMBER_MAX);
        chain = in.getLong();
        millis = in.getNumber(MILLIS_MAX);
        begunMillis = in.getNumber(Standing.CLOCK_MILLIS_MAX);
        declaredMembers = in.getIntNumber() - 1;
        common = Capabilities.read(in);
        ended.addAll(Establishment.readNames(in));
        in.end();
    }

    private static byte[] marked(int mark, byte[] piece) {
        return new ByteWriter(piece.length + 1).putByte(mark).putRaw(piece).toBytes();
    }

    void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        switch (in.getByte()) {
            case HEAD -> readHead(in);
            case TENTATIVE -> addTentative(CommandLog.Told.read(in.getRest()).command());
            case CLIENT -> clients.restore(in.getRest());
            case OBJECT -> shelf.restore(in.getRest());
            default -> throw new MalformedCommandException("no such piece of a state");
        }
    }

    private long digest(Command command) {
        long client = mix(command.client().id() ^ command.client().incarnation());
        return mix(mix(client + command.request()) ^ command.object()) ^ digest(0, command.body());
    }

    private long digest(int kind, byte[] bytes) {
        checksum.reset();
        checksum.update(bytes);
        return mix(checksum.getValue() << 32 | (long) bytes.length << 4 | kind);
    }

    /** Spreads each bit over all (Steele, Lea and Flood, 2014). */
    static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * MIX_1;
        z = (z ^ (z >>> 27)) * MIX_2;
        return z ^ (z >>> 31);
    }
}
