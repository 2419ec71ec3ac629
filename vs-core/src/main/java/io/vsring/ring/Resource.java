package io.vsring.ring;

import java.util.Locale;

/** What a member keeps for longer than a moment, with a cap; {@code docs/resources.md} says what happens at the cap. */
enum Resource {
    /** Bytes of messages that wait to be sent. */
    SEND_QUEUE,
    /** Frames that wait for the handler. */
    DELIVERY_QUEUE,
    /** Configurations that wait for the handler. */
    CONFIGURATIONS,
    /** Tasks that wait for the delivery thread. */
    TASKS,
    /** Frames that others may still need, or that lack one before them. */
    FRAME_STORE,
    /** Frames that are kept to be filled again. */
    SPARE_FRAMES,
    /** Bytes of messages of which not all pieces have come. */
    ASSEMBLIES,
    /** Addresses of strangers that have been answered. */
    STRANGERS,
    /** Members that are left alone. */
    ABSENCES,
    /** Incarnations of members that the envelope knows. */
    PEERS,
    /** Names of groups that were checked. */
    GROUP_NAMES,
    /** Addresses that the transport has translated. */
    ADDRESSES,
    /** Sockets for sends that are watched. */
    WATCHED_SOCKETS;

    /** As it is called in statistics and tags. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
