package io.vsring.benchmarks.scoreboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Network namespaces in which members meet: nothing that they send can leave them. What a killed run has left is
 * removed first.
 */
final class Namespaces {

    static final String LOOPBACK = "vsbench-lo";
    static final String MEMBER = "vsbench-m";

    private static final String BRIDGE = "vsbench-br";
    private static final int MTU = 1500;

    private final int members;

    private Namespaces(int members) {
        this.members = members;
    }

    /** The address of a member, from 1. */
    static String address(int member) {
        return "10.77.47." + member;
    }

    /**
     * Makes them.
     *
     * @throws IllegalArgumentException if they cannot be made here, and what is missing
     */
    static Namespaces make(int members) {
        Namespaces made = new Namespaces(members);
        made.remove();
        List<String> commands = new ArrayList<>();
        commands.add("ip netns add " + LOOPBACK);
        commands.add("ip -n " + LOOPBACK + " link set lo multicast on up");
        commands.add("ip -n " + LOOPBACK + " route add 224.0.0.0/4 dev lo");
        commands.add("ip netns add " + BRIDGE);
        commands.add("ip -n " + BRIDGE + " link add br0 mtu " + MTU + " type bridge mcast_snooping 0");
        commands.add("ip -n " + BRIDGE + " link set br0 up");
        for (int member = 1; member <= members; member++) {
            String inside = "ip -n " + MEMBER + member + " ";
            commands.add("ip netns add " + MEMBER + member);
            commands.add("ip -n " + BRIDGE + " link add p" + member + " mtu " + MTU + " type veth peer name eth0 mtu "
                    + MTU + " netns " + MEMBER + member);
            commands.add("ip -n " + BRIDGE + " link set p" + member + " master br0 up");
            commands.add(inside + "link set lo up");
            commands.add(inside + "addr add " + address(member) + "/24 dev eth0");
            commands.add(inside + "link set eth0 up");
            commands.add(inside + "route add 224.0.0.0/4 dev eth0");
        }
        for (String command : commands) {
            String refusal = run(command);
            if (!refusal.isEmpty()) {
                made.remove();
                throw new IllegalArgumentException("the scoreboard needs network namespaces, and '" + command
                        + "' says: " + refusal + "\nRun it as root (in a container, with CAP_SYS_ADMIN and"
                        + " CAP_NET_ADMIN), with the package iproute2 installed.");
            }
        }
        return made;
    }

    /** Removes them. */
    void remove() {
        List<String> names = new ArrayList<>(List.of(LOOPBACK, BRIDGE));
        for (int member = 1; member <= members; member++) {
            names.add(MEMBER + member);
        }
        for (String name : names) {
            String unused = run("ip netns del " + name); // it need not be there
        }
    }

    /** What the command says if it fails; empty if it does not. */
    private static String run(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? "" : said;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
