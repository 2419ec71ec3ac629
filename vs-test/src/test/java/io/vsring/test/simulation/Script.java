package io.vsring.test.simulation;

/** Bytes that say what is to happen. After the last one all are 0. */
final class Script {

    private final byte[] bytes;
    private int next;

    Script(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return next < bytes.length;
    }

    /** A number from 0 to below this bound, in one byte, or in two if one is not enough. */
    int next(int bound) {
        int value = octet();
        return (bound > 256 ? value << 8 | octet() : value) % bound;
    }

    /** So many bytes, if there are as many. */
    byte[] bytes(int length) {
        byte[] some = new byte[Math.min(length, bytes.length - next)];
        System.arraycopy(bytes, next, some, 0, some.length);
        next += some.length;
        return some;
    }

    /** A number beside this one, or one where arithmetic ends. */
    long near(long base) {
        int how = octet();
        return switch (how) {
            case 0x80 -> 0;
            case 0x81 -> 1;
            case 0x82 -> 1L << 31;
            case 0x83 -> (1L << 32) + base;
            case 0x84 -> (1L << 48) + octet();
            case 0x85 -> 1L << 61;
            case 0x86 -> (1L << 62) - 1;
            case 0x87 -> 1L << 62;
            case 0x88 -> Long.MAX_VALUE;
            case 0x89 -> base + (octet() << 8);
            case 0x8A -> base * 2;
            default -> base + (byte) how;
        };
    }

    private int octet() {
        return next < bytes.length ? bytes[next++] & 0xFF : 0;
    }
}
