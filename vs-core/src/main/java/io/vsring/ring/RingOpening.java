package io.vsring.ring;

import io.vsring.MemberId;
import io.vsring.security.Keyring;
import io.vsring.security.SealedEnvelope;
import io.vsring.transport.NettyLoopThread;
import io.vsring.transport.ParkingLoopThread;
import io.vsring.transport.SocketKind;
import io.vsring.transport.TransportOpenException;
import io.vsring.transport.UdpOptions;
import io.vsring.transport.UdpTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a member on a real socket, with real threads: the counterpart of the simulator's surroundings. */
final class RingOpening {

    private final RingOptions options;
    private final RingOptionsBuilder values;
    private final SecureRandom random = new SecureRandom();
    private final List<Runnable> undo = new ArrayList<>();

    RingOpening(RingOptions options) {
        this.options = options;
        this.values = options.values();
    }

    /** @throws RingStartException saying what to change; nothing is left open then */
    Ring open(RingHandler handler, List<RingObserver> observers) {
        try {
            return tryOpen(handler, observers);
        } catch (TransportOpenException e) {
            undo();
            throw new RingStartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            undo();
            throw e;
        }
    }

    private Ring tryOpen(RingHandler handler, List<RingObserver> observers) {
        refuseForeignSeeds();
        UdpOptions udp = udpOptions(bindAddress());
        List<String> violations = udp.violations();
        if (!violations.isEmpty()) {
            throw new RingStartException(String.join("; ", violations));
        }
        Keyring keyring = options.keyring();
        if (keyring != null) {
            SealedEnvelope.warmUp(keyring);
        }
        NettyLoopThread loop = NettyLoopThread.open("vs-loop", udp.kind(), values.busyPoll);
        undo.add(loop::close);
        UdpTransport transport = UdpTransport.open(udp, loop);
        undo.add(0, () -> loop.execute(transport::close));
        long incarnation = nonZero();
        MemberId self = new MemberId(RingAssembly.slot(options, transport.advertised(), incarnation), incarnation);
        String slot = Integer.toUnsignedString(self.id());
        loop.execute(() -> Thread.currentThread().setName("vs-loop-" + slot));
        ParkingLoopThread delivery = ParkingLoopThread.open("vs-delivery-" + slot);
        undo.add(delivery::close);
        List<RingObserver> all = new ArrayList<>();
        RingSequenceStore store = store(self, all);
        all.addAll(observers);
        Path traceFile = options.traceFile();
        if (traceFile != null) {
            TraceWriter trace = TraceWriter.open(traceFile, self);
            undo.add(trace::onClosed);
            all.add(trace);
        }
        RingAssembly.Surroundings surroundings = new RingAssembly.Surroundings(
                transport,
                loop,
                delivery,
                () -> ParkingLoopThread.open("vs-seeds-" + slot),
                store,
                incarnation,
                random.nextLong(),
                random);
        return RingAssembly.assemble(options, surroundings, handler, all);
    }

    private void undo() {
        undo.forEach(Runnable::run);
    }

    /** The store, which ends with the member: nothing is persisted when observers are told of that. */
    private RingSequenceStore store(MemberId self, List<RingObserver> all) {
        Path directory = options.stateDirectory();
        if (directory == null) {
            return new ClockRingSequenceStore(System.currentTimeMillis());
        }
        FileRingSequenceStore store = FileRingSequenceStore.open(directory, options.clusterName(), self.id());
        undo.add(store::close);
        all.add(new RingObserver() {
            @Override
            public void onClosed() {
                store.close();
            }
        });
        return store;
    }

    /**
     * The names among the seeds could not be judged before somebody was asked for their addresses. Whatever they become
     * later is judged when it is found.
     */
    private void refuseForeignSeeds() {
        if (options.mayLeaveHost()) {
            return;
        }
        for (Seed seed : options.parsedSeeds()) {
            if (!staysHere(seed)) {
                throw new RingStartException(
                        RingOptionsCheck.refusal("the seed '" + seed.text() + "' (vs.discovery.seeds)"));
            }
        }
    }

    private static boolean staysHere(Seed seed) {
        try {
            return seed.resolve(Seed.Hosts.OF_THIS_JVM).stream().allMatch(Seed::isLoopback);
        } catch (UnknownHostException e) {
            return true; // nothing can be sent to a host that nobody knows; the search warns of it
        }
    }

    private InetAddress bindAddress() {
        String spelled = values.bindAddress;
        if (spelled == null) {
            // Without leave to go elsewhere, seeds that do not stay here are refused.
            boolean stays = !options.mayLeaveHost()
                    || (options.seedProvider() == null
                            && options.parsedSeeds().stream().allMatch(seed -> Seed.isLoopback(seed.host())));
            spelled = stays ? LocalAddress.LOOPBACK : LocalAddress.SITE_LOCAL;
        }
        InetAddress address = LocalAddress.find(spelled);
        if (!address.isLoopbackAddress() && !options.mayLeaveHost()) {
            throw new RingStartException(RingOptionsCheck.refusal(
                    "vs.transport.bind-address '" + spelled + "' (" + address.getHostAddress() + ")"));
        }
        return address;
    }

    private UdpOptions udpOptions(InetAddress bind) {
        return UdpOptions.builder()
                .bindAddress(bind)
                .ports(values.effectivePortFrom(), values.effectivePortTo())
                .advertisedHost(values.advertisedHost)
                .advertisedPort(values.advertisedPort)
                .multicast(multicast())
                .receiveBufferBytes(values.receiveBufferBytes)
                .sendBufferBytes(values.sendBufferBytes)
                .kind(
                        switch (values.nativeMode) {
                            case AUTO -> SocketKind.AUTO;
                            case EPOLL -> SocketKind.EPOLL;
                            case NIO -> SocketKind.NIO;
                        })
                .build();
    }

    private UdpOptions.@Nullable Multicast multicast() {
        MulticastGroup group = options.multicastGroup();
        if (group == null) {
            return null;
        }
        String name = values.multicastInterface;
        if (name != null && !options.mayLeaveHost() && !LocalAddress.isLoopbackInterface(name)) {
            throw new RingStartException(RingOptionsCheck.refusal("vs.transport.multicast-interface '" + name + "'"));
        }
        return new UdpOptions.Multicast(group.address(), group.port(), name, values.multicastTtl);
    }

    private long nonZero() {
        long drawn = random.nextLong();
        return drawn != 0 ? drawn : 1;
    }
}
