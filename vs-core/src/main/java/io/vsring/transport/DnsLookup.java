package io.vsring.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks name servers for the addresses of a host, and for services with their ports. Nothing is remembered: whoever asks
 * again wants to know what is so now.
 *
 * <p>A question opens a thread and sockets, and closes them when it is answered; one in some seconds is not worth a
 * thread that waits in between. The caller waits, so it must not be an event loop.
 */
public final class DnsLookup {

    /** For one name server; the next one is asked after that. */
    private static final int QUERY_TIMEOUT_MILLIS = 2_000;

    private static final int PRIORITY_AND_WEIGHT_BYTES = 4;

    private final List<InetSocketAddress> servers;

    /** @param servers the name servers, asked in this order until one answers; empty: those of this system */
    public DnsLookup(List<InetSocketAddress> servers) {
        this.servers = List.copyOf(servers);
    }

    /**
     * All addresses of the host, of both IP versions.
     *
     * @throws UnknownHostException if there are none, or nobody said so; the text tells which
     */
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        try (Session session = new Session()) {
            return session.addresses(name);
        }
    }

    /**
     * Where a service is: all addresses of the hosts that the SRV records of this name tell, with their ports. Their
     * priorities and weights are for clients that need one of them.
     *
     * @param name all of it: no domain of this system is added
     * @throws UnknownHostException if there are no records or not one of their hosts is known, or nobody said so; the
     *     text tells which
     */
    public List<InetSocketAddress> services(String name) throws UnknownHostException {
        try (Session session = new Session()) {
            return session.services(name);
        }
    }

    private final class Session implements AutoCloseable {

        private final ThreadFactory threads = task -> NettyLoopThread.daemon(task, "vs-dns");
        private final MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
        private final DnsNameResolver resolver = resolver(group.next());

        private DnsNameResolver resolver(EventLoop loop) {
            DnsNameResolverBuilder builder = new DnsNameResolverBuilder(loop)
                    .datagramChannelType(NioDatagramChannel.class)
                    .socketChannelType(NioSocketChannel.class) // where an answer does not fit into a datagram
                    .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
                    .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                    .completeOncePreferredResolved(false);
            if (!servers.isEmpty()) {
                builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
            }
            return builder.build();
        }

        List<InetAddress> addresses(String name) throws UnknownHostException {
            return answer(name, resolver.resolveAll(name));
        }

        List<InetSocketAddress> services(String name) throws UnknownHostException {
            List<InetSocketAddress> found = new ArrayList<>();
            UnknownHostException unknown = new UnknownHostException("'" + name + "' has no service records");
            for (InetSocketAddress service : targets(name)) {
                try {
                    addresses(service.getHostString())
                            .forEach(address -> found.add(new InetSocketAddress(address, service.getPort())));
                } catch (UnknownHostException e) {
                    unknown = e; // it is one of many
                }
            }
            if (found.isEmpty()) {
                throw unknown;
            }
            return found;
        }

        private List<InetSocketAddress> targets(String name) throws UnknownHostException {
            List<DnsRecord> records =
                    answer(name, resolver.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.SRV)));
            try {
                List<InetSocketAddress> targets = new ArrayList<>();
                for (DnsRecord each : records) {
                    if (each instanceof DnsRawRecord raw && each.type().equals(DnsRecordType.SRV)) {
                        targets.add(target(raw.content()));
                    }
                }
                return targets;
            } catch (CorruptedFrameException | IndexOutOfBoundsException | IllegalArgumentException e) {
                throw unknown("'" + name + "' has a service record that cannot be read", e);
            } finally {
                records.forEach(ReferenceCountUtil::release);
            }
        }

        private static InetSocketAddress target(ByteBuf content) {
            content.skipBytes(PRIORITY_AND_WEIGHT_BYTES);
            int port = content.readUnsignedShort();
            return InetSocketAddress.createUnresolved(DefaultDnsRecordDecoder.decodeName(content), port);
        }

        @Override
        public void close() {
            resolver.close();
            Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        }
    }

    /** Waits: each query comes to an end, by the timeout at the latest. */
    private static <T> T answer(String name, Future<T> asked) throws UnknownHostException {
        Throwable failure = asked.awaitUninterruptibly().cause();
        if (failure == null) {
            return asked.getNow();
        }
        if (find(DnsNameResolverTimeoutException.class, failure) != null) {
            throw unknown("no name server answered the question for '" + name + "'", failure);
        }
        DnsErrorCauseException refusal = find(DnsErrorCauseException.class, failure);
        throw unknown(
                refusal == null
                        ? "'" + name + "' has no such records, or no name server could be asked"
                        : "the name server says of '" + name + "': " + refusal.getCode(),
                failure);
    }

    private static UnknownHostException unknown(String text, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(text);
        unknown.initCause(cause);
        return unknown;
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
