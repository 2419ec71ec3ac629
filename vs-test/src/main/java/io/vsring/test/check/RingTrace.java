package io.vsring.test.check;

import io.vsring.MemberSet;
import io.vsring.RingId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ring as seen from nowhere: every message that was sent on it, in order, and who was there.
 *
 * <p>A message's <em>rank</em> is its place among the messages of the ring, without gap from 0. Positions ascend with
 * the ranks. Frames without messages of their own (fragments, recovery) leave holes in the positions and none in the
 * ranks.
 */
public final class RingTrace {
    private static final int INDEX_BITS = 16;

    private final int index;
    private final RingId id;
    private @Nullable MemberSet members;
    private final List<Stay> stays = new ArrayList<>();

    private int count;
    private long[] positions = new long[16];
    private int[] senders = new int[16];
    private long[] numbers = new long[16];
    private long[] hashes = new long[16];
    private int[] heard = new int[16];
    private final BitSet safe = new BitSet();

    RingTrace(int index, RingId id) {
        this.index = index;
        this.id = id;
    }

    /** A sequence number and an index within its frame as one number that orders like the two. */
    public static long position(long sequence, int index) {
        return (sequence << INDEX_BITS) | index;
    }

    /** Sequence number and index again, as text. */
    static String textOf(long position) {
        return (position >> INDEX_BITS) + "/" + (position & ((1 << INDEX_BITS) - 1));
    }

    int index() {
        return index;
    }

    public RingId id() {
        return id;
    }

    /** Who is in it; null as long as nobody has installed it. */
    public @Nullable MemberSet members() {
        return members;
    }

    void membersAre(MemberSet set) {
        if (members == null) {
            members = set;
        }
    }

    /** Those who have installed it, in the order in which they did. */
    List<Stay> stays() {
        return stays;
    }

    /** The stay of this member, or null if it has not installed this ring. */
    @Nullable
    Stay stayOf(MemberTrace member) {
        for (Stay stay : stays) {
            if (stay.member() == member) {
                return stay;
            }
        }
        return null;
    }

    void add(long position, MemberTrace sender, long number, int heardRank) {
        if (count == positions.length) {
            grow();
        }
        positions[count] = position;
        senders[count] = sender.index();
        numbers[count] = number;
        hashes[count] = sender.hashOf(number);
        heard[count] = heardRank;
        safe.set(count, sender.isSafe(number));
        count++;
    }

    private void grow() {
        int size = count * 2;
        positions = Arrays.copyOf(positions, size);
        senders = Arrays.copyOf(senders, size);
        numbers = Arrays.copyOf(numbers, size);
        hashes = Arrays.copyOf(hashes, size);
        heard = Arrays.copyOf(heard, size);
    }

    /** Messages sent so far. */
    public int count() {
        return count;
    }

    long position(int rank) {
        return positions[rank];
    }

    /** The index of the sender among the members of the history. */
    int sender(int rank) {
        return senders[rank];
    }

    long number(int rank) {
        return numbers[rank];
    }

    long hash(int rank) {
        return hashes[rank];
    }

    /** The highest rank that the sender had delivered when it sent this one; -1 if none. */
    int heard(int rank) {
        return heard[rank];
    }

    boolean isSafe(int rank) {
        return safe.get(rank);
    }

    /** The rank of the message at this position, guessed at first; a negative number if nobody sent one there. */
    int rankAt(long position, int guess) {
        if (guess >= 0 && guess < count && positions[guess] == position) {
            return guess;
        }
        return Arrays.binarySearch(positions, 0, count, position);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
