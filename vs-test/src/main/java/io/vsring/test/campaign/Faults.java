package io.vsring.test.campaign;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes a fault of each kind, whose particulars are drawn. One thread. */
final class Faults {

    private static final int SHARE_PERCENT_MIN = 2;
    private static final int SHARE_PERCENT_MAX = 8;
    private static final int KILOBITS_MIN = 60;
    private static final int KILOBITS_MAX = 250;
    private static final int LOSS_PERCENT_MAX = 25;
    private static final int DELAY_MILLIS_MAX = 60;
    private static final int JITTER_MILLIS_MAX = 30;
    private static final int COPIES_PERCENT = 30;
    private static final int JUMP_SECONDS_MAX = 100_000;

    private final CampaignOptions options;
    private final List<MemberSlot> members;
    private final HttpCalls calls;
    private final KeyDirectory keys;
    private final Roles roles;
    private final Random dice;

    Faults(CampaignOptions options, List<MemberSlot> members, HttpCalls calls, KeyDirectory keys, Random dice) {
        this.options = options;
        this.members = members;
        this.calls = calls;
        this.keys = keys;
        this.roles = Roles.of(options);
        this.dice = dice;
    }

    Fault make(FaultKind kind) {
        int ringPort = options.network().ringPort(1);
        return switch (kind) {
            case ONE_WAY, PARTIAL, HALVES, ISOLATE, OVERLAP -> {
                Set<Link> cut = Link.cuts(kind, options.members(), dice);
                yield new BridgeFault(kind, BridgeRules.dropping(cut, ringPort), cut.toString());
            }
            case LOSS -> {
                int percent = dice.nextInt(1, LOSS_PERCENT_MAX);
                yield new BridgeFault(kind, BridgeRules.losing(percent, ringPort), percent + " %");
            }
            case DUPLICATE -> relayed(kind, new Relay.Weather(0, 0, COPIES_PERCENT, 0));
            case DELAY -> relayed(kind, new Relay.Weather(dice.nextInt(2, DELAY_MILLIS_MAX), 0, 0, 0));
            case REORDER -> relayed(kind, new Relay.Weather(0, dice.nextInt(3, JITTER_MILLIS_MAX), 0, 0));
            case CORRUPT -> {
                int percent = dice.nextInt(1, LOSS_PERCENT_MAX); // who notices drops them
                yield new Corruption(relayed(kind, new Relay.Weather(0, 0, 0, percent)), members, calls);
            }
            case SLOW_LINK -> new SlowLink(any().number(), dice.nextInt(KILOBITS_MIN, KILOBITS_MAX));
            case SLOW_CPU -> new SlowCpu(any(), dice.nextInt(SHARE_PERCENT_MIN, SHARE_PERCENT_MAX));
            case CLOCK -> {
                int seconds = dice.nextInt(JUMP_SECONDS_MAX / 100, JUMP_SECONDS_MAX);
                Duration jump = Duration.ofSeconds(dice.nextBoolean() ? seconds : -seconds);
                yield new ClockJump(member(roles.clock()), MemberCommand.clockFile(options), jump, calls);
            }
            case RECEIVE_BUFFER -> {
                int number = roles.smallBuffer();
                yield new FullReceiveBuffer(
                        member(number), new InetSocketAddress(options.network().host(number), ringPort));
            }
            case ROTATE_KEYS -> new KeyRotation(keys, members, calls);
            case STOP -> new Pause(any());
            case KILL, RESTART, LEAVE -> new Ending(kind, mortal());
            case FULL_DISK, READ_ONLY_DISK -> {
                MemberSlot member = mortal();
                yield new UnwritableDisk(kind, member, MemberCommand.state(options, member.number()));
            }
        };
    }

    private RelayFault relayed(FaultKind kind, Relay.Weather weather) {
        return new RelayFault(kind, options, weather, dice);
    }

    private MemberSlot any() {
        return members.get(dice.nextInt(members.size()));
    }

    private MemberSlot mortal() {
        MemberSlot drawn = any();
        while (drawn.number() == roles.veteran()) {
            drawn = any();
        }
        return drawn;
    }

    private MemberSlot member(int number) {
        return members.get(number - 1);
    }

    /** How long it is to last, in milliseconds. */
    int lastsMillis(FaultKind kind) {
        return switch (kind) {
            case RESTART -> dice.nextInt(1, 300);
            case RECEIVE_BUFFER -> dice.nextInt(50, 700);
            case KILL, LEAVE -> dice.nextInt(100, 5_000);
            case FULL_DISK, READ_ONLY_DISK -> 1;
            case ROTATE_KEYS -> dice.nextInt(1, 3_000);
            case STOP -> dice.nextInt(100, 8_000);
            default -> dice.nextInt(2_500, 9_000);
        };
    }
}
