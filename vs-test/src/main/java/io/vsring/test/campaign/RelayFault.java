package io.vsring.test.campaign;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Datagrams that take the way through a relay: delayed, reordered, duplicated or corrupted. */
final class RelayFault implements Fault {

    private static final int FIRST_PORT = 20_001;
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]{17})");

    private final FaultKind kind;
    private final MemberNetwork network;
    private final int members;
    private final Relay.Weather weather;
    private final Random dice;
    private @Nullable Relay relay;
    private @Nullable BridgeRules rules;
    private long met;

    RelayFault(FaultKind kind, CampaignOptions options, Relay.Weather weather, Random dice) {
        this.kind = kind;
        this.network = options.network();
        this.members = options.members();
        this.weather = weather;
        this.dice = dice;
    }

    @Override
    public FaultKind kind() {
        return kind;
    }

    @Override
    public void begin() throws InterruptedException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int number = 1; number <= members; number++) {
            addresses.add(new InetSocketAddress(network.host(number), network.ringPort(number)));
        }
        Relay starting =
                new Relay(addresses, new InetSocketAddress(Namespaces.BRIDGE_ADDRESS, FIRST_PORT), weather, dice);
        relay = starting;
        starting.start();
        rules = BridgeRules.relaying(network, members, bridgeMac(), FIRST_PORT);
        rules.apply();
    }

    private static String bridgeMac() throws InterruptedException {
        String shown = Commands.run("ip", "link", "show", "dev", Namespaces.BRIDGE_INTERFACE);
        Matcher found = MAC.matcher(shown);
        if (!found.find()) {
            throw new IllegalStateException("expected the address of the bridge, found " + shown);
        }
        return found.group(1);
    }

    /** First no more comes in, then all that was held back goes out. */
    @Override
    public void end() throws InterruptedException {
        if (rules != null) {
            rules.takeNoMore();
        }
        if (relay != null) {
            relay.finish();
        }
        if (rules != null) {
            met += rules.remove();
            rules = null;
        }
    }

    @Override
    public Proof proof() {
        if (relay == null) {
            return new Proof(false, "no relay");
        }
        boolean happened = met > 0
                && switch (kind) {
                    case DUPLICATE -> relay.copies() > 0;
                    case REORDER -> relay.overtaken() > 0;
                    case CORRUPT -> relay.corrupted() > 0;
                    default -> relay.heldMillis() > 0;
                };
        return new Proof(happened, "nft: relayed=" + met + ", " + relay);
    }

    @Override
    public String toString() {
        return kind.word() + " " + weather.delayMillis() + ".." + (weather.delayMillis() + weather.jitterMillis())
                + " ms, " + weather.copiesPercent() + " % twice, " + weather.corruptPercent() + " % corrupt";
    }
}
