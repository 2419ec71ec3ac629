package io.vsring.security;

import io.vsring.Member;
import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a datagram is put into before it goes out, and taken out of when it comes in.
 *
 * <p>Loop thread only. What it returns is valid until its next call.
 */
public interface Envelope {

    /** Where to whom a datagram is addressed that all may read. */
    int TO_ALL = Header.ALL;

    /** Incarnations of others that are remembered at most. */
    int PEERS_MAX = Peers.MAX;

    /** An empty buffer for the next datagram to send. */
    ByteBuffer room();

    /**
     * Closes the envelope around what was put into the {@linkplain #room() room}.
     *
     * @param destination the slot of the member that it is for, or {@link #TO_ALL}
     * @return what goes out
     * @throws IllegalStateException if it cannot be sealed: then this member must not go on
     */
    ByteBuffer seal(int destination);

    /**
     * Opens what came in.
     *
     * @param source where it came from
     * @param bytes from position to limit; read
     * @return the datagram; null if there is none for the ring, since it was refused or was for the envelope itself
     */
    @Nullable
    ByteBuffer open(MemberAddress source, ByteBuffer bytes, long nowNanos);

    /** This member is about to tell whoever is there something that strangers are told: it may have to greet first. */
    void introduce(MemberAddress address, long nowNanos);

    /**
     * These are on a ring with this member. Who of them has not proven to it that it is alive is asked, where the ring
     * knows it to be: it may not have been heard directly until now, and what it sends would be refused. To be called
     * when the ring has been installed, and again now and then.
     *
     * @param companions members of the ring; this one may be among them
     */
    void meet(List<Member> companions, long nowNanos);

    /** Incarnations of others that are remembered. */
    int peers();

    /**
     * From now on these keys count, and no others.
     *
     * @throws IllegalStateException if this member has no envelopes
     */
    void use(Keyring keyring);
}
