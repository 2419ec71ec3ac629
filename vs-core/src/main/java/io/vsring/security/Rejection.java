package io.vsring.security;

/** Why a datagram was dropped before anybody looked at what it says; in the order in which it is asked. */
public enum Rejection {
    /** Shorter than any sealed datagram. */
    TOO_SHORT(false, "no sealed datagram is so short"),
    /** Longer than any datagram. */
    TOO_LONG(false, "no datagram is so long"),
    /** A datagram of vs in plain text. */
    PLAINTEXT(false, "its sender has no keys: give it the same vs.security.keys as this member"),
    /** It does not begin like anything of vs. */
    NOT_OURS(false, "it is not from a member of a ring"),
    /** Sealed in a way that this member does not know. */
    UNKNOWN_VERSION(false, "its sender seals in a way that this release does not know"),
    /** Sealed with a key that this member does not have. */
    UNKNOWN_KEY(false, "this member has no vs.security.keys of that id"),
    /** Its header says what no header says. */
    BAD_HEADER(false, "no member writes such a header"),
    /** This member sent it. */
    OWN(true, "this member sent it"),
    /** It is for another member. */
    NOT_FOR_US(false, "it is for another member: somebody led it here"),
    /** It comes so late that nobody knows whether it has been here. */
    TOO_OLD(true, "it comes too late to tell whether it has been here"),
    /** It has been here. */
    REPLAYED(true, "it has been here"),
    /** So many of unknown senders were tried in this second that this one was not. */
    NOT_TRIED(false, "too many from unknown senders came at once"),
    /** It was not made with the key, or not for this cluster, or has been changed. */
    FORGED(
            false,
            "it was not made with the key of that id, or has been changed, or vs.cluster-name is another one: the"
                    + " members of a ring need the same of both"),
    /** Its sender has not yet shown that it is alive: it may be a recording. */
    UNPROVEN(true, "its sender has not shown yet that it is alive"),
    /** It was made with the key, and says what no greeting says. */
    BAD_GREETING(false, "no member greets like that");

    private final boolean everyday;
    private final String meaning;

    Rejection(boolean everyday, String meaning) {
        this.everyday = everyday;
        this.meaning = meaning;
    }

    /** Whether it comes about by itself in a healthy ring. */
    public boolean isEveryday() {
        return everyday;
    }

    /** What it means, and what to do about it, for people. */
    public String meaning() {
        return meaning;
    }
}
