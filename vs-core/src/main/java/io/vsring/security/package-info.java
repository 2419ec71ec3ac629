/**
 * The envelope around a datagram: nobody without the key can read one, make one, change one, or have an old one
 * believed.
 *
 * <p>Must not know: what a datagram says, threads, sockets, clocks. Chance is handed in, so that it all runs in the
 * simulator. Open first: {@link io.vsring.security.Envelope}, {@link io.vsring.security.SealedEnvelope};
 * {@code docs/security.md} has the bytes and the reasons.
 */
@NullMarked
package io.vsring.security;

import org.jspecify.annotations.NullMarked;
