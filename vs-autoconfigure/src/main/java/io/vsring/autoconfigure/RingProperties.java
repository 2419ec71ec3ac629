package io.vsring.autoconfigure;

import io.vsring.Guarantee;
import io.vsring.ring.RingOptions.NativeMode;
import io.vsring.security.CipherSuite;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * How this application takes part in a ring.
 *
 * @param enabled Whether this application is a member of a ring.
 * @param clusterName Name of the cluster, the application's name by default. Members of clusters with other names do
 *     not see each other.
 * @param memberId Slot of this member, a number from 1 to 4294967295 that no other member of the cluster has. Derived
 *     from the advertised host and port by default.
 * @param autoStartup Whether the member starts with the application context.
 * @param startupTimeout Time that the member has at start-up to come together with others, or to find that it is alone,
 *     and then to get the state of replicated objects. Only one that cannot be primary starts without.
 * @param onStartupTimeout What happens when "vs.startup-timeout" is over.
 * @param shutdownTimeout Time that the member has to leave and that listeners have to finish. If a listener is stuck,
 *     the leave is cut short then, which takes up to "vs.ring.leave-timeout" and a second more. Keep both together
 *     below "spring.lifecycle.timeout-per-shutdown-phase".
 * @param phase Phase of the lifecycle in which the member starts and leaves. Lower than that of the web server, it
 *     starts before the server opens and leaves after the server has drained.
 * @param transport Socket and datagrams.
 * @param discovery Where the others are.
 * @param ring Times and limits of the protocol.
 * @param security Who may join.
 * @param template Defaults for sending.
 * @param listener How listeners wait.
 * @param quorum How many members there are to be.
 * @param replication Defaults for replicated objects.
 * @param maps Replicated maps to declare as beans, by name.
 * @param counters Replicated counters to declare as beans, by name.
 * @param health What the application's health has of the ring.
 * @param page A page that shows the ring.
 * @param trace Record of what the member did.
 */
@ConfigurationProperties("vs")
public record RingProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String clusterName,
        @Nullable Long memberId,
        @DefaultValue("true") boolean autoStartup,
        @DefaultValue("30s") Duration startupTimeout,
        @DefaultValue("fail") OnStartupTimeout onStartupTimeout,
        @DefaultValue("10s") Duration shutdownTimeout,
        @DefaultValue("2147479551") int phase,
        @DefaultValue Transport transport,
        @DefaultValue Discovery discovery,
        @DefaultValue Protocol ring,
        @DefaultValue Security security,
        @DefaultValue Template template,
        @DefaultValue Listener listener,
        @DefaultValue Quorum quorum,
        @DefaultValue Replication replication,
        @DefaultValue Map<String, ReplicatedMapSettings> maps,
        @DefaultValue Map<String, ReplicatedCounterSettings> counters,
        @DefaultValue Health health,
        @DefaultValue Page page,
        @DefaultValue Trace trace) {

    /** What to do when a member is not ready in time. */
    public enum OnStartupTimeout {
        /** The application does not start. */
        FAIL,
        /** The application starts, and the member goes on looking for others. */
        CONTINUE
    }

    /** What protects the datagrams. */
    public enum SecurityMode {
        /** The keys that are given; without any, nothing may leave this host. */
        KEYS,
        /** Nothing, and they may leave it all the same: whoever can send to the port can join. */
        INSECURE_PLAINTEXT
    }

    /**
     * Socket and datagrams.
     *
     * @param bindAddress Local address: an IP address or host name, "loopback", "any", "site-local", "if:eth0", or a
     *     network such as "10.0.0.0/8". Loopback by default, or site-local if there are seeds on other hosts, or may
     *     be.
     * @param port Local UDP port: a number, a range such as "7460-7469" of which the first free one is taken, or 0 for
     *     any free one. 7460 by default, and 0 without seeds.
     * @param advertisedAddress Host under which others reach this member. Address that it is bound to by default.
     * @param advertisedPort Port under which others reach this member. Port that it is bound to by default.
     * @param multicastGroup Multicast group that carries data, as "address" or "address:port". None by default: data
     *     goes to each member by unicast.
     * @param multicastInterface Network interface for multicast, by name.
     * @param multicastTtl How many routers a multicast datagram may pass, plus one.
     * @param nativeMode What carries the datagrams.
     * @param busyPoll How long the member looks at its sockets again and again before it waits to be woken, and only
     *     after waits that were no longer. 100us shorten latencies where processors are to spare, and lengthen them
     *     where they are not; 0 never does it.
     * @param mtu Largest datagram. Over the path's MTU less 28 bytes it is fragmented, and one lost piece loses all of
     *     it; a small one costs more calls of the system for the same bytes.
     * @param receiveBuffer Receive buffer to ask the system for. Too small a one loses datagrams under load.
     * @param sendBuffer Send buffer to ask the system for.
     * @param maxMessageSize Longest message that this member may send. A large one holds up all that come after it.
     */
    public record Transport(
            @Nullable String bindAddress,
            @Nullable String port,
            @Nullable String advertisedAddress,
            @Nullable Integer advertisedPort,
            @Nullable String multicastGroup,
            @Nullable String multicastInterface,
            @DefaultValue("1") int multicastTtl,
            @Name("native") @DefaultValue("auto") NativeMode nativeMode,
            @DefaultValue("0ms") Duration busyPoll,
            @DefaultValue("1400B") DataSize mtu,
            @DefaultValue("4MB") DataSize receiveBuffer,
            @DefaultValue("1MB") DataSize sendBuffer,
            @DefaultValue("1MB") DataSize maxMessageSize) {}

    /**
     * Where the others are.
     *
     * @param seeds Comma-separated list of where to look for others: "host", "host:port" or "host:from-to". They need
     *     not all be up, and this member may be among them. Without seeds the member stays alone. Names are looked up
     *     again and again.
     * @param refreshInterval How often to ask where others are, if they are not at addresses that are given. A longer
     *     time finds members at new addresses later, a shorter one costs questions.
     * @param dns Name servers that know where the others are.
     */
    public record Discovery(
            @DefaultValue List<String> seeds,
            @DefaultValue("5s") Duration refreshInterval,
            @DefaultValue Dns dns) {}

    /**
     * Name servers that know where the others are.
     *
     * @param name Name whose records say where to look for others, in place of seeds. None by default.
     * @param recordType What the records are.
     * @param servers Comma-separated list of name servers, each as "host" or "host:port". Those of this system by
     *     default.
     */
    public record Dns(
            @Nullable String name,
            @DefaultValue("a") DnsRecordType recordType,
            @DefaultValue List<String> servers) {}

    /** What a name server is asked for. */
    public enum DnsRecordType {
        /** Addresses of a host, IPv6 ones too. Members are looked for there at the port of this one. */
        A,
        /** Hosts and ports of a service, "_service._udp.domain". */
        SRV
    }

    /**
     * Times and limits of the protocol.
     *
     * @param formationWait How long to look for others before the member is content with itself.
     * @param leaveTimeout How long a leave may take until it is cut short, with unknown outcomes for what was on its
     *     way.
     * @param tokenLossTimeout How long the token may stay away before the ring is given up. Too short a time lets
     *     pauses of a JVM break rings, with too long a one the death of a host is noticed late.
     * @param tokenRetransmitTimeout How long to wait for a sign of the token before it is sent again.
     * @param holdTimeout How long the token rests while nobody has anything to say. A shorter time costs more CPU on a
     *     silent ring, with a longer one a death on it is noticed later.
     * @param consensusTimeout How long members that do not agree on a new ring are waited for.
     * @param commitLossTimeout How long a proposed ring may take to come about.
     * @param joinInterval How often a Join is said again.
     * @param mergeInterval How often other rings are looked for.
     * @param slowMemberTimeout How long a member's handlers may hold the whole ring back before the ring goes on
     *     without that member.
     * @param windowFrames Frames that all members together may send in one rotation. By default 256, and 16 for each
     *     member where these are more. Made to fit the receive buffer.
     * @param visitFrames New frames that this member sends at one visit of the token, at most: fewer for a while when
     *     many are lost.
     * @param acceleratedFrames How many of the frames of a visit, the last ones, are sent behind the token, so that the
     *     next member begins while they are on their way.
     * @param sendQueueSize Memory for messages that wait to be sent. 4 MB and one message of the largest size by
     *     default.
     * @param deliveryLaneFrames Frames that may wait to be handed to the listeners before this member slows the ring
     *     down.
     * @param stateDir Directory in which the ring sequence survives restarts. None by default: the clock sees to it
     *     that the sequence grows.
     */
    public record Protocol(
            @DefaultValue("1s") Duration formationWait,
            @DefaultValue("5s") Duration leaveTimeout,
            @DefaultValue("800ms") Duration tokenLossTimeout,
            @DefaultValue("80ms") Duration tokenRetransmitTimeout,
            @DefaultValue("200ms") Duration holdTimeout,
            @DefaultValue("700ms") Duration consensusTimeout,
            @DefaultValue("250ms") Duration commitLossTimeout,
            @DefaultValue("30ms") Duration joinInterval,
            @DefaultValue("200ms") Duration mergeInterval,
            @DefaultValue("30s") Duration slowMemberTimeout,
            @Nullable Integer windowFrames,
            @DefaultValue("64") int visitFrames,
            @DefaultValue("64") int acceleratedFrames,
            @Nullable DataSize sendQueueSize,
            @DefaultValue("4096") int deliveryLaneFrames,
            @Nullable File stateDir) {}

    /**
     * Who may join.
     *
     * @param mode What protects the datagrams: the keys that are given. Without any they stay on the loopback
     *     interface, unless "insecure-plaintext" is asked for.
     * @param keys Secrets that all members of the ring have: each with an id, and either a secret, a location, or a
     *     bundle and an alias.
     * @param keyDir Directory with more of them: a file whose name is a number, 0 to 255, is the key of that id, as
     *     bytes or in Base64, and the file "active" has the id of the key that this member encrypts with. Other files
     *     are left alone.
     * @param activeKey Id of the key that this member encrypts with. It can be left out where there is one key, or
     *     where the directory says which one.
     * @param suite How this member encrypts. All members understand both.
     * @param reload How often to look whether keys in files have changed, so that they can be replaced without a
     *     restart. 0 for never. Those in SSL bundles are replaced when the bundle is.
     */
    public record Security(
            @DefaultValue("keys") SecurityMode mode,
            @DefaultValue List<Key> keys,
            @Nullable File keyDir,
            @Nullable Integer activeKey,
            @DefaultValue("aes-256-gcm") CipherSuite suite,
            @DefaultValue("10s") Duration reload) {

        /**
         * One secret.
         *
         * @param id Number of the key, 0 to 255, the same on all members.
         * @param secret At least 32 random bytes in Base64, as "openssl rand -base64 32" makes them. Better kept in a
         *     file, or in a configuration tree.
         * @param location File with the secret, as bytes or in Base64, such as "file:/run/secrets/ring-key".
         * @param bundle SSL bundle whose key store has the secret as a secret key.
         * @param alias Alias of the secret key in the SSL bundle.
         */
        public record Key(
                int id,
                @Nullable String secret,
                @Nullable String location,
                @Nullable String bundle,
                @Nullable String alias) {

            /** Without the secret: whatever prints properties prints this. */
            @Override
            public String toString() {
                return "Key[id=" + id + ", secret=" + (secret == null ? "none" : "******") + ", location="
                        + (location == null ? "none" : "given") + ", bundle=" + bundle + ", alias=" + alias + "]";
            }
        }
    }

    /**
     * Defaults for sending.
     *
     * @param defaultGroup Group of messages that are sent, and of listeners that are declared, without one.
     * @param defaultGuarantee Guarantee of messages that are sent without one.
     * @param sendTimeout How long to wait for room in the send queue, and for the delivery where that is waited for.
     * @param observationEnabled Whether what is sent is observed: timed, and traced to all who handle it.
     */
    public record Template(
            @DefaultValue("default") String defaultGroup,
            @DefaultValue("agreed") Guarantee defaultGuarantee,
            @DefaultValue("5s") Duration sendTimeout,
            @DefaultValue("false") boolean observationEnabled) {}

    /**
     * How listeners wait.
     *
     * @param autoStartup Whether listeners start with the ring, unless they say so themselves.
     * @param queueCapacity Messages that may wait for one listener before it slows the ring down.
     * @param queueSize Memory that the messages which wait for one listener may hold before it slows the ring down.
     * @param slowThreshold Time of one call of a listener after which the call counts as slow, and the log says so now
     *     and then.
     * @param observationEnabled Whether each call of a listener for a message is observed: timed, and traced.
     */
    public record Listener(
            @DefaultValue("true") boolean autoStartup,
            @DefaultValue("8192") int queueCapacity,
            @DefaultValue("32MB") DataSize queueSize,
            @DefaultValue("1s") Duration slowThreshold,
            @DefaultValue("false") boolean observationEnabled) {}

    /**
     * How many members there are to be.
     *
     * @param expectedMembers How many members there are to be, the same number on each. Fewer than a majority of these
     *     change no replicated object, and the first history begins when all are there. 0 if nobody knows: then two
     *     groups of members that start apart begin two histories, of which one is given up when they meet.
     */
    public record Quorum(@DefaultValue("0") int expectedMembers) {}

    /**
     * Defaults for replicated objects.
     *
     * @param writeGuarantee Guarantee of the changes of objects that properties or annotations declare without one.
     *     What is agreed is faster, and may be lost although it was acknowledged.
     * @param callTimeout How long a call of a replicated object waits for its answer. After that its outcome is
     *     unknown.
     */
    public record Replication(
            @DefaultValue("safe") Guarantee writeGuarantee,
            @DefaultValue("10s") Duration callTimeout) {}

    /**
     * A replicated map.
     *
     * @param keyType Full name of the class of its keys.
     * @param valueType Full name of the class of its values.
     * @param guarantee Guarantee of its changes. That of "vs.replication.write-guarantee" by default.
     * @param timeToLive How long its entries stay. 0, for ever, by default.
     * @param maxEntries How many entries it may have; where there are more, those written longest ago go. 0, any
     *     number, by default.
     */
    public record ReplicatedMapSettings(
            @DefaultValue("java.lang.String") String keyType,
            @Nullable String valueType,
            @Nullable Guarantee guarantee,
            @DefaultValue("0s") Duration timeToLive,
            @DefaultValue("0") int maxEntries) {}

    /**
     * A replicated counter.
     *
     * @param guarantee Guarantee of its changes. That of "vs.replication.write-guarantee" by default.
     */
    public record ReplicatedCounterSettings(@Nullable Guarantee guarantee) {}

    /**
     * What the application's health has of the ring.
     *
     * @param readiness Whether a member that cannot be relied on makes the application not ready.
     */
    public record Health(@DefaultValue("true") boolean readiness) {}

    /**
     * A page that shows the ring.
     *
     * @param enabled Whether the application serves it. It needs Spring MVC, and is as open as the application lets it
     *     be.
     * @param path Where it is served.
     * @param showEntries Whether it shows keys and values of maps, and not only how many there are.
     */
    public record Page(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/ring") String path,
            @DefaultValue("false") boolean showEntries) {}

    /**
     * Record of what the member did.
     *
     * @param file File that gets one JSON line for each thing that this member submits, sends, delivers or installs.
     *     None by default. Each member needs a file of its own.
     */
    public record Trace(@Nullable File file) {}
}
