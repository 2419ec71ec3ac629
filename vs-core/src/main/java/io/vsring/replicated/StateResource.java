package io.vsring.replicated;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the state of replicated objects is kept in, with a cap; {@code docs/resources.md} says what happens at the cap.
 */
enum StateResource {
    /** Objects. */
    OBJECTS,
    /** Bytes of the answers of clients that are here. */
    KEPT_ANSWERS,
    /** Clients that have gone. */
    GONE_CLIENTS,
    /** Bytes of their answers. */
    GONE_ANSWERS,
    /** Bytes of commands that others may lack. */
    COMMAND_LOG,
    /** Bytes of commands that others may go on without. */
    TENTATIVE_COMMANDS,
    /** Histories that were given up. */
    ENDED_HISTORIES,
    /** Components that were attempted. */
    ATTEMPTS,
    /** Digests that others are to confirm. */
    DIGESTS,
    /** Packs of a state that this member sends, and that have not come back. */
    STATE_PACKS,
    /** Bytes of a state that this member gets, with the commands meanwhile. */
    INCOMING_STATE;

    /** As it is called in statistics and tags. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(StateResource::word).toList();
    }

    /** @param stateBytes how much of a state this member takes in */
    long max(long stateBytes) {
        return switch (this) {
            case OBJECTS -> Shelf.OBJECTS_MAX;
            case KEPT_ANSWERS -> Clients.KEPT_BYTES_MAX;
            case GONE_CLIENTS -> Clients.GONE_MAX;
            case GONE_ANSWERS -> Clients.GONE_BYTES_MAX;
            case COMMAND_LOG -> Journal.LOG_BYTES;
            case TENTATIVE_COMMANDS, INCOMING_STATE -> stateBytes;
            case ENDED_HISTORIES -> Journal.ENDED_MAX;
            case ATTEMPTS -> Attempts.REMEMBERED_MAX;
            case DIGESTS -> DigestWatch.REMEMBERED_MAX;
            case STATE_PACKS -> TransferSource.UNDER_WAY_MAX;
        };
    }
}
