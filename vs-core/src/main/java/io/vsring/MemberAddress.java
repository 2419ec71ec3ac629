package io.vsring;

/**
 * Where a member can be reached: an IP address and a UDP port, without any lookup behind it.
 *
 * <p>IPv4 addresses are held in their IPv6-mapped form (RFC 4291, 2.5.5.2).
 *
 * @param high the first eight bytes of the IPv6 address
 * @param low the last eight bytes of the IPv6 address
 * @param port 1 to 65535
 */
public record MemberAddress(long high, long low, int port) implements Comparable<MemberAddress> {

    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    public MemberAddress {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /** The address of an IPv4 host, given as its four bytes in one number. */
    public static MemberAddress ofIpv4(int host, int port) {
        return new MemberAddress(0, MAPPED | Integer.toUnsignedLong(host), port);
    }

    /** Whether this is an IPv4 address (in mapped form). */
    public boolean isIpv4() {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED;
    }

    @Override
    public int compareTo(MemberAddress other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) {
            order = Long.compareUnsigned(low, other.low);
        }
        return order != 0 ? order : Integer.compare(port, other.port);
    }

    /** {@code 127.0.0.1:7460}, or {@code [2001:db8:0:0:0:0:0:1]:7460}. */
    @Override
    public String toString() {
        if (isIpv4()) {
            int host = (int) low;
            return (host >>> 24) + "." + (host >>> 16 & 255) + "." + (host >>> 8 & 255) + "." + (host & 255) + ":"
                    + port;
        }
        StringBuilder text = new StringBuilder("[");
        for (int group = 0; group < 8; group++) {
            long half = group < 4 ? high : low;
            int bits = (int) (half >>> (48 - 16 * (group % 4))) & 0xFFFF;
            text.append(group == 0 ? "" : ":").append(Integer.toHexString(bits));
        }
        return text.append("]:").append(port).toString();
    }
}
