/**
 * Whether objects behaved as if each operation had happened at one instant between its call and its return
 * (linearizability; Herlihy and Wing, 1990), judged from what the clients saw.
 *
 * <p>A harness records the operations of its clients with {@link io.vsring.test.linearizability.HistoryRecorder}, on
 * its own clock; {@link io.vsring.test.linearizability.HistoryJudge} judges them, object by object. It knows neither
 * rings nor members, so it can judge anything that is called by clients, and shares no mistake with the engine.
 *
 * <p>Open first: {@link io.vsring.test.linearizability.HistoryJudge}; the algorithm is in {@code Search}.
 */
@NullMarked
package io.vsring.test.linearizability;

import org.jspecify.annotations.NullMarked;
