package io.vsring.security;

import io.vsring.MemberAddress;

/** What an envelope has to tell its member. Loop thread. */
public interface SecurityEvents {

    /** A datagram was dropped. */
    void rejected(Rejection reason, MemberAddress source, long nowNanos);

    /** A datagram that was sealed with this key is believed. */
    void opened(int keyId);
}
