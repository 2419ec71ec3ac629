package io.vsring.test.hostile;

import io.vsring.test.campaign.BridgeRules;
import io.vsring.test.campaign.Commands;
import io.vsring.test.campaign.Namespaces;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the bridge one that somebody has tapped. It sends everything everywhere, as a hub does; one end of a pair of
 * interfaces is one of its ports, and rules hand what is on its way to a member to a socket at the other end. What the
 * sockets of the bridge send from certain ports gets the address and the port of a member.
 */
final class TapRules {

    /** Where what is on its way to the first member is heard; the others have the ports that follow. */
    static final int HEARD_PORT = 21_001;

    /** What leaves by this port looks like the first member's; the others have the ports that follow. */
    static final int SPOOFED_PORT = 22_001;

    /** What leaves by this port is honest about where it comes from. */
    static final int OWN_PORT = 23_001;

    static final String TAP_ADDRESS = "10.77.47.254";

    private static final String TAP_NETWORK = "10.77.47.";
    private static final String TAP_PORT = "tap0";
    private static final String TAP = "tap1";
    private static final String TABLE = "vsring_tap";
    private static final String REPLIES = "replies";
    private static final int MARK = 7;
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]{17})");

    private TapRules() {}

    /** Lays the tap. Nothing is heard before {@link #hear}. */
    static void lay() throws InterruptedException {
        run("ip link set " + Namespaces.BRIDGE_INTERFACE + " type bridge ageing_time 0");
        run("ip link add " + TAP_PORT + " type veth peer name " + TAP);
        run("ip addr add " + TAP_ADDRESS + "/24 dev " + TAP);
        run("ip link set " + TAP + " up");
        run("ip link set " + TAP_PORT + " master " + Namespaces.BRIDGE_INTERFACE + " up");
    }

    private static void run(String line) throws InterruptedException {
        Commands.run(line.split(" "));
    }

    /**
     * From now on everything is heard, or so many datagrams a second.
     *
     * @param perSecond 0: all
     */
    static void hear(int members, int ringPort, int perSecond) throws InterruptedException {
        Commands.feed(rules(members, ringPort, perSecond, macOfTap()), List.of("nft", "-f", "-"));
    }

    static String rules(int members, int ringPort, int perSecond, String mac) {
        StringBuilder on = new StringBuilder("table bridge " + TABLE + " { }\ndelete table bridge " + TABLE + "\n");
        on.append("table bridge ")
                .append(TABLE)
                .append(" {\n  counter ")
                .append(REPLIES)
                .append(" { }\n");
        on.append("  chain out { type filter hook output priority 0; policy accept;\n");
        for (int number = 1; number <= members; number++) {
            on.append(String.format(
                    Locale.ROOT,
                    "    ip saddr %s udp sport %d meta mark set %d ip saddr set %s udp sport set %d%n",
                    Namespaces.BRIDGE_ADDRESS,
                    SPOOFED_PORT + number - 1,
                    MARK,
                    Namespaces.address(number),
                    ringPort));
        }
        on.append("  }\n  chain in { type filter hook input priority 0; policy accept;\n");
        on.append("    ip daddr ")
                .append(Namespaces.BRIDGE_ADDRESS)
                .append(" counter name ")
                .append(REPLIES);
        on.append("\n  }\n  chain tap { type filter hook postrouting priority 0; policy accept;\n");
        on.append("    oifname \"")
                .append(TAP_PORT)
                .append("\" meta mark ")
                .append(MARK)
                .append(" drop\n");
        if (perSecond > 0) {
            on.append("    oifname \"")
                    .append(TAP_PORT)
                    .append("\" limit rate over ")
                    .append(perSecond);
            on.append("/second drop\n");
        }
        for (int number = 1; number <= members; number++) {
            String address = Namespaces.address(number);
            on.append("    oifname \"")
                    .append(Namespaces.port(number))
                    .append("\" ip daddr != ")
                    .append(address);
            on.append(" drop\n");
            for (int from = 1; from <= members; from++) {
                on.append(String.format(
                        Locale.ROOT,
                        // The first change gives the tap a copy of its own; nft makes none for a change in front of it.
                        "    oifname \"%s\" ip saddr %s ip daddr %s udp dport %d ip saddr set %s%d"
                                + " ip daddr set %s udp dport set %d ether daddr set %s accept%n",
                        TAP_PORT,
                        Namespaces.address(from),
                        address,
                        ringPort,
                        TAP_NETWORK,
                        from,
                        TAP_ADDRESS,
                        HEARD_PORT + number - 1,
                        mac));
            }
        }
        return on.append("    oifname \"")
                .append(TAP_PORT)
                .append("\" drop\n  }\n}\n")
                .toString();
    }

    private static String macOfTap() throws InterruptedException {
        String shown = Commands.run("ip", "link", "show", "dev", TAP);
        Matcher found = MAC.matcher(shown);
        if (!found.find()) {
            throw new IllegalStateException("expected the address of " + TAP + ", found " + shown);
        }
        return found.group(1);
    }

    /** How much has come to the bridge's own address, of whatever kind. */
    static long replies() throws InterruptedException {
        return BridgeRules.packets(Commands.run("nft", "list", "counter", "bridge", TABLE, REPLIES));
    }
}
