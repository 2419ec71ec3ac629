package io.vsring.test.hostile;

/** What somebody without the key can send. */
enum Forgery {
    /** Bytes that mean nothing. */
    RANDOM,
    /** The header of a member that lives, with a counter to come, before bytes that mean nothing. */
    INVENTED,
    /** What a member has just sent, with up to eight bits changed. */
    FLIPPED,
    /** What a member has just sent, once more. */
    REPLAYED,
    /** What a member has just sent to one, sent to another. */
    REDIRECTED,
    /** What a member sent to this one before all were started again. */
    FORMER,
    /** More bytes than any datagram of this ring has. */
    OVERSIZED,
    /** The beginning of what a member has just sent. */
    TRUNCATED,
    /** What members of another cluster say who have the same secret under the same id. */
    OTHER_CLUSTER
}
