package io.vsring.benchmarks.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is between the members. */
enum Net {
    /** The loopback interface of a namespace, where datagrams may be of 64 KiB and multicast works. */
    LOOPBACK("loopback, datagrams of up to 65,000 bytes"),
    /** A namespace for each member, and a bridge between them that carries 1,500 bytes. */
    ETHERNET("a bridge between network namespaces, MTU 1500");

    private static final String JUMBO = "65000";
    private static final String ETHERNET_PAYLOAD = "1472";

    private final String title;

    Net(String title) {
        this.title = title;
    }

    /** In words, for a heading. */
    String title() {
        return title;
    }

    /** As results say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a run has to be told to be there. */
    List<String> words(int members) {
        if (this == LOOPBACK) {
            return List.of("--mtu", JUMBO, "--launch", "ip netns exec " + Namespaces.LOOPBACK);
        }
        List<String> hosts = new ArrayList<>();
        for (int member = 1; member <= members; member++) {
            hosts.add(Namespaces.address(member));
        }
        return List.of(
                "--mtu",
                ETHERNET_PAYLOAD,
                "--hosts",
                String.join(",", hosts),
                "--launch",
                "ip netns exec " + Namespaces.MEMBER + "{}");
    }
}
