package io.vsring.test.campaign;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of rules at the bridge, and the counter of what met them. Only datagrams of the ring meet any: HTTP goes
 * past.
 *
 * @param rules in the language of {@code nft}
 */
public record BridgeRules(String rules) {

    private static final String TABLE = "vsring_fault";
    private static final String COUNTER = "met";
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    /** Drops what goes these ways. */
    static BridgeRules dropping(Collection<Link> links, int ringPort) {
        StringBuilder chain = new StringBuilder(forward());
        for (Link link : links) {
            chain.append(String.format(
                    "    iifname \"%s\" oifname \"%s\" udp dport %d counter name %s drop%n",
                    Namespaces.port(link.from()), Namespaces.port(link.to()), ringPort, COUNTER));
        }
        return new BridgeRules(table(chain.append("  }\n").toString()));
    }

    /** Drops some of all datagrams. */
    static BridgeRules losing(int percent, int ringPort) {
        return new BridgeRules(table(forward() + "    udp dport " + ringPort + " numgen random mod 100 < " + percent
                + " counter name " + COUNTER + " drop\n  }\n"));
    }

    /**
     * Hands datagrams between members to a relay, and makes what the relay sends look as if it came from the member
     * itself. It listens at the bridge, at a port for each member, which stands for the receiver of what comes in, and
     * for the sender of what goes out.
     */
    static BridgeRules relaying(MemberNetwork network, int members, String bridgeMac, int firstPort) {
        StringBuilder in =
                new StringBuilder("  chain in { type filter hook prerouting priority -300; policy accept;\n");
        StringBuilder out = new StringBuilder("  chain out { type filter hook output priority 0; policy accept;\n");
        for (int number = 1; number <= members; number++) {
            int relayPort = firstPort + number - 1;
            in.append(String.format(
                    "    ip daddr %s udp dport %d counter name %s meta pkttype set unicast ether daddr set %s"
                            + " ip daddr set %s udp dport set %d%n",
                    network.host(number),
                    network.ringPort(number),
                    COUNTER,
                    bridgeMac,
                    Namespaces.BRIDGE_ADDRESS,
                    relayPort));
            out.append(String.format(
                    "    ip saddr %s udp sport %d ip saddr set %s udp sport set %d%n",
                    Namespaces.BRIDGE_ADDRESS, relayPort, network.host(number), network.ringPort(number)));
        }
        return new BridgeRules(
                table(in.append("  }\n").append(out).append("  }\n").toString()));
    }

    private static String forward() {
        return "  chain forward { type filter hook forward priority 0; policy accept;\n";
    }

    private static String table(String chains) {
        return "table bridge " + TABLE + " {\n  counter " + COUNTER + " { }\n" + chains + "}\n";
    }

    void apply() throws InterruptedException {
        Commands.feed(rules, List.of("nft", "-f", "-"));
    }

    /** Hands nothing more to a relay. What that still sends goes on looking like a member's. */
    void takeNoMore() throws InterruptedException {
        Commands.run("nft", "flush", "chain", "bridge", TABLE, "in");
    }

    /**
     * Takes the table away, if it is there.
     *
     * @return how many datagrams met a rule
     */
    long remove() throws InterruptedException {
        if (!Commands.succeeds("nft", "list", "table", "bridge", TABLE)) {
            return 0;
        }
        long met = packets(Commands.run("nft", "list", "counter", "bridge", TABLE, COUNTER));
        Commands.run("nft", "delete", "table", "bridge", TABLE);
        return met;
    }

    /** What a counter says that nft has listed. */
    public static long packets(String listed) {
        Matcher found = PACKETS.matcher(listed);
        if (!found.find()) {
            throw new IllegalArgumentException("expected a counter of nft, found " + listed);
        }
        return Long.parseLong(found.group(1));
    }
}
