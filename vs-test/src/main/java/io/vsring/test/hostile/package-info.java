/**
 * A ring of three processes, and somebody between them who has no key: hears all, sends whatever it likes under the
 * members' own addresses, and keeps recordings over restarts. {@code docs/hostile.md} says what is seen.
 *
 * <p>Begin with {@link io.vsring.test.hostile.HostileCli}. Knows a member's datagrams by the header that anybody can
 * read.
 */
@NullMarked
package io.vsring.test.hostile;

import org.jspecify.annotations.NullMarked;
