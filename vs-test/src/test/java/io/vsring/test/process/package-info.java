/**
 * Members in processes of their own, over real sockets: killed, stopped, cut off from each other, and loaded.
 *
 * <p>Open first: {@link io.vsring.test.process.RingProcesses}, then {@link io.vsring.test.process.MemberProcess}, which
 * is what runs in each process. {@code -Dprocesses.full} runs the suite at its full size.
 */
@NullMarked
package io.vsring.test.process;

import org.jspecify.annotations.NullMarked;
