package io.vsring.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A name server on loopback that knows what a test tells it, whenever it tells it. */
public final class NameServer implements AutoCloseable {

    /** How it treats questions. */
    public enum Mood {
        ANSWERS,
        /** It hears, and says nothing. */
        SILENT,
        /** It says that it cannot answer. */
        FAILS,
        /** It puts nothing into a datagram but the hint to ask over TCP. */
        TRUNCATES
    }

    private record Key(String name, DnsRecordType type) {}

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<Key, List<byte[]>> records = new ConcurrentHashMap<>();
    private final InetSocketAddress address;
    private volatile Mood mood = Mood.ANSWERS;

    /** Opens it on a port that nobody has, for datagrams and for streams. */
    public NameServer() {
        InetSocketAddress free = null;
        while (free == null) {
            InetSocketAddress candidate = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.first(1));
            ChannelFuture datagrams = new Bootstrap()
                    .group(group)
                    .channel(NioDatagramChannel.class)
                    .handler(initializer(
                            new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Datagrams()))
                    .bind(candidate)
                    .awaitUninterruptibly();
            ChannelFuture streams = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new Streams());
                        }
                    })
                    .bind(candidate)
                    .awaitUninterruptibly();
            if (datagrams.isSuccess() && streams.isSuccess()) {
                free = candidate;
            } else {
                datagrams.channel().close().awaitUninterruptibly();
                streams.channel().close().awaitUninterruptibly();
            }
        }
        address = free;
    }

    private static ChannelInitializer<Channel> initializer(ChannelHandler... handlers) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handlers);
            }
        };
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Where it is, as host:port. */
    public String spelled() {
        return "127.0.0.1:" + address.getPort();
    }

    public void is(Mood now) {
        mood = now;
    }

    /** From now on a host has these addresses, of either IP version, and no others. */
    public void host(String name, String... addresses) throws UnknownHostException {
        List<byte[]> four = new ArrayList<>();
        List<byte[]> six = new ArrayList<>();
        for (String each : addresses) {
            byte[] bytes = InetAddress.getByName(each).getAddress();
            (bytes.length == 4 ? four : six).add(bytes);
        }
        records.put(new Key(name + ".", DnsRecordType.A), four);
        records.put(new Key(name + ".", DnsRecordType.AAAA), six);
    }

    /** From now on a service is on these hosts, each as host:port. */
    public void service(String name, String... targets) {
        List<byte[]> all = new ArrayList<>();
        for (String target : targets) {
            String[] parts = target.split(":", -1);
            ByteBuf content = Unpooled.buffer().writeShort(0).writeShort(100).writeShort(Integer.parseInt(parts[1]));
            for (String label : parts[0].split("\\.", -1)) {
                content.writeByte(label.length()).writeCharSequence(label, US_ASCII);
            }
            content.writeByte(0);
            byte[] bytes = new byte[content.readableBytes()];
            content.readBytes(bytes);
            all.add(bytes);
        }
        records.put(new Key(name + ".", DnsRecordType.SRV), all);
    }

    /** From now on a service has a record of these bytes. */
    public void serviceRecord(String name, byte[] content) {
        records.put(new Key(name + ".", DnsRecordType.SRV), List.of(content));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void fill(DnsQuery query, DnsResponse response) {
        DnsQuestion question = query.recordAt(DnsSection.QUESTION);
        response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
        if (mood == Mood.FAILS) {
            response.setCode(DnsResponseCode.SERVFAIL);
            return;
        }
        List<byte[]> known = records.get(new Key(question.name(), question.type()));
        if (known == null) {
            response.setCode(DnsResponseCode.NXDOMAIN);
            return;
        }
        for (byte[] content : known) {
            response.addRecord(
                    DnsSection.ANSWER,
                    new DefaultDnsRawRecord(question.name(), question.type(), 30, Unpooled.wrappedBuffer(content)));
        }
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            if (mood == Mood.SILENT) {
                return;
            }
            DatagramDnsResponse response = new DatagramDnsResponse(
                    /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
            if (mood == Mood.TRUNCATES) {
                response.setTruncated(true);
            } else {
                fill(query, response);
            }
            context.writeAndFlush(response);
        }
    }

    private final class Streams extends SimpleChannelInboundHandler<DefaultDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DefaultDnsQuery query) {
            DefaultDnsResponse response = new DefaultDnsResponse(query.id());
            fill(query, response);
            context.writeAndFlush(response);
        }
    }
}
