package io.vsring.test.campaign;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is done to members, or to the network between them. See docs/campaign.md. */
public enum FaultKind {
    /** {@code kill -9}, and a start again some time later. */
    KILL(Family.ENDING),
    /** {@code SIGSTOP} and, some time later, {@code SIGCONT}. */
    STOP(Family.PROCESS),
    /** {@code SIGTERM}, so that it leaves in good order, and a start again some time later. */
    LEAVE(Family.ENDING),
    /** {@code kill -9}, and a start again within a second: most others have not noticed yet. */
    RESTART(Family.ENDING),
    /** What one member sends does not get to another one, or to none; or it gets nothing. The other way is open. */
    ONE_WAY(Family.NETWORK),
    /** Two members do not reach each other; all others reach both. */
    PARTIAL(Family.NETWORK),
    /** Two parts that do not reach each other, one of them a majority. */
    HALVES(Family.NETWORK),
    /** One member reaches nobody. */
    ISOLATE(Family.NETWORK),
    /** Each reaches a majority, and no two the same. */
    OVERLAP(Family.NETWORK),
    /** Some datagrams are lost. */
    LOSS(Family.NETWORK),
    /** Some datagrams come twice. */
    DUPLICATE(Family.NETWORK),
    /** All datagrams come later. */
    DELAY(Family.NETWORK),
    /** Datagrams overtake each other. */
    REORDER(Family.NETWORK),
    /** Bits of some datagrams change on their way, and the checksum of UDP fits them. */
    CORRUPT(Family.NETWORK),
    /** What goes to one member has little bandwidth. */
    SLOW_LINK(Family.NETWORK),
    /** One member gets a small part of a processor. */
    SLOW_CPU(Family.PROCESS),
    /** The wall clock of one member jumps, and jumps back. */
    CLOCK(Family.PROCESS),
    /** A member is killed and started again with a full disk under its state; it may not run like that. */
    FULL_DISK(Family.ENDING),
    /** Likewise, with a disk that is read-only. */
    READ_ONLY_DISK(Family.ENDING),
    /** The receive buffer of a member that stands still is filled up. */
    RECEIVE_BUFFER(Family.PROCESS),
    /** The key of all is replaced by another one while they run. Nobody may notice. */
    ROTATE_KEYS(Family.PROCESS);

    /** What a fault happens to. */
    enum Family {
        /** The network. */
        NETWORK,
        /** A process, which lives through it. */
        PROCESS,
        /** A process, which does not. */
        ENDING
    }

    private final Family family;

    FaultKind(Family family) {
        this.family = family;
    }

    Family family() {
        return family;
    }

    /** The name as it is written in options and results. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that need nothing but processes on one host. */
    public static Set<FaultKind> onLoopback() {
        return EnumSet.of(KILL, STOP, LEAVE, ROTATE_KEYS);
    }

    /** All, but three members have no majorities that overlap: each is a majority with each. */
    static Set<FaultKind> inNamespaces(int members) {
        return members > 3 ? EnumSet.allOf(FaultKind.class) : EnumSet.complementOf(EnumSet.of(OVERLAP));
    }
}
