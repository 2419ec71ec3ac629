/**
 * The Totem state machine: told about datagrams, timers and messages, it tells {@link io.vsring.protocol.Effects} what
 * to do.
 *
 * <p>Must not know: time, threads, sockets, files, chance, logs. Open first: {@link io.vsring.protocol.TotemProtocol},
 * then {@code TokenVisit}. Thread: one caller at a time; in a running member the loop thread. Rules are cited by the
 * ids of {@code docs/protocol.md}. Not API: may change in any release.
 */
@NullMarked
package io.vsring.protocol;

import org.jspecify.annotations.NullMarked;
