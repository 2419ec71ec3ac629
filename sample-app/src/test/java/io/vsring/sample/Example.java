package io.vsring.sample;

import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LeaderElection;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.spring.RingListenerRegistry;
import io.vsring.spring.RingTemplate;
import io.vsring.test.linearizability.HistoryRecorder;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What the blocks of the documentation have around them: what is not explained where it is used. Each block that is no
 * file of its own is compiled as a part of a class that extends this one.
 */
public abstract class Example {

    protected RingTemplate ring;
    protected RingListenerRegistry listeners;
    protected RingHandler handler;
    protected ReplicatedObjects objects;
    protected RingOptions ringOptions;
    protected ReplicatedMap<String, Order> orders;
    protected ReplicatedMap<String, Long> balances;
    protected ReplicatedCounter visits;
    protected DistributedLocks locks;
    protected LockHandle held;
    protected LeaderElection.Candidate candidate;
    protected Executor executor;
    protected ApplicationEventPublisher events;
    protected Invoices invoices;
    protected Order order;
    protected Logger log;

    protected HistoryRecorder recorder;
    protected int client;
    protected String owner;

    /** What an application may keep in a map. */
    public record Order(String id, int quantity) {}

    /** What an application may tell all members. */
    public record OrderPlaced(String id, int quantity) {}

    /** Something outside of the ring, of which there must be no two. */
    public interface Invoices {

        /** Does it, unless somebody with a greater token has been here. */
        void write(Order order, long fencingToken);
    }
}
