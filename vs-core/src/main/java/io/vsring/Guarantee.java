package io.vsring;

/** How sure the ring must be of a message before it delivers it. Both share one total order. */
public enum Guarantee {

    /** Delivered in the one order that all members see, as soon as all before it has been delivered here. */
    AGREED,

    /** As {@link #AGREED}, and not before every member of the configuration holds the message. */
    SAFE
}
