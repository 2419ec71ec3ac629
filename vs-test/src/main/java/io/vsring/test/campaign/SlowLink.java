package io.vsring.test.campaign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes to one member passes a token bucket. */
final class SlowLink implements Fault {

    private static final Pattern WAITED = Pattern.compile("dropped (\\d+), overlimits (\\d+)");

    private final int member;
    private final int kilobits;
    private boolean isSlow;
    private long waited;
    private long dropped;

    SlowLink(int member, int kilobits) {
        this.member = member;
        this.kilobits = kilobits;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.SLOW_LINK;
    }

    @Override
    public void begin() throws InterruptedException {
        Commands.run(("tc qdisc add dev " + Namespaces.port(member) + " root tbf rate " + kilobits
                        + "kbit burst 4kb latency 100ms")
                .split(" "));
        isSlow = true;
    }

    @Override
    public void end() throws InterruptedException {
        if (isSlow) {
            isSlow = false;
            read(Commands.run("tc", "-s", "qdisc", "show", "dev", Namespaces.port(member)));
            Commands.run("tc", "qdisc", "del", "dev", Namespaces.port(member), "root");
        }
    }

    /** Reads what {@code tc -s} says of a queue. */
    void read(String statistics) {
        Matcher found = WAITED.matcher(statistics);
        if (!found.find()) {
            throw new IllegalArgumentException("expected statistics of tc, found " + statistics);
        }
        dropped = Long.parseLong(found.group(1));
        waited = Long.parseLong(found.group(2));
    }

    @Override
    public Proof proof() {
        return new Proof(waited + dropped > 0, "tc: overlimits=" + waited + " dropped=" + dropped);
    }

    @Override
    public String toString() {
        return kind().word() + " to " + member + ", " + kilobits + " kbit/s";
    }
}
