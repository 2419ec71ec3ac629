package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.ring.Ring;
import java.util.concurrent.CompletableFuture;

/**
 * A message on its way into the ring.
 *
 * @param bytes headers and payload, as they are sent
 * @param receipt is told what becomes of it
 */
record Outbound(Ring ring, String group, byte[] bytes, Guarantee guarantee, PendingReceipt receipt) {

    /** Whether the ring has taken it; if not, nothing has been sent. */
    boolean offer() {
        return ring.offer(group, bytes, guarantee, receipt);
    }

    CompletableFuture<Receipt> future() {
        return receipt.future();
    }
}
