package io.vsring.security;

import io.vsring.MemberAddress;
import io.vsring.MemberId;

/** What an envelope has to tell its member. Loop thread. */
public interface SecurityEvents {

    /** A datagram was dropped. */
    void rejected(Rejection reason, MemberAddress source, long nowNanos);

    /** A datagram that was sealed with this key is believed. */
    void opened(int keyId);

    /**
     * Two members with one id are alive, and not for a moment only; told again and again as long as that is so.
     *
     * @param keptOut the one whose datagrams are dropped; this member itself where another one says so
     * @param address where it is
     */
    void idTaken(MemberId keptOut, MemberAddress address, long nowNanos);
}
