/**
 * What members say to each other, and how it looks as bytes ({@code docs/wire-format.md}).
 *
 * <p>Pure functions and values; must not know time, threads, sockets. Open first: {@link io.vsring.wire.Datagram}, then
 * {@link io.vsring.wire.DatagramCodec}. Not API: may change in any release.
 */
@NullMarked
package io.vsring.wire;

import org.jspecify.annotations.NullMarked;
