/**
 * The outside: sockets, the loop thread, the clock. The only room that sees Netty.
 *
 * <p>Carries bytes and says where they came from; knows nothing of rings. Open first:
 * {@link io.vsring.transport.Transport}. Not API: may change in any release.
 */
@NullMarked
package io.vsring.transport;

import org.jspecify.annotations.NullMarked;
