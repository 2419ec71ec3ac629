package io.vsring.test.spring;

import io.vsring.replicated.ReplicationOptions;
import io.vsring.ring.Ring;
import io.vsring.ring.RingOptions;
import io.vsring.spring.ObjectCodecs;
import io.vsring.spring.PayloadCodecs;
import io.vsring.spring.RingOperations;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How peers are set up: as the application is.
 *
 * @param options of their rings, but for who they are
 * @param replication of their replicated objects
 * @param payloads what messages are written and read with
 * @param objects what keys and values of maps are written and read with
 * @param operations makes what sends on the ring that the supplier gives
 */
record PeerSetup(
        RingOptions options,
        ReplicationOptions replication,
        PayloadCodecs payloads,
        ObjectCodecs objects,
        Function<Supplier<Ring>, RingOperations> operations) {}
