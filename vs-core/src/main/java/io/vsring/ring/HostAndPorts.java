package io.vsring.ring;

/**
 * A host and, behind a colon, what may be ports. An IPv6 address has colons of its own, so with ports it stands in
 * brackets.
 *
 * @param host a name or an address, without brackets
 * @param ports what is behind the colon; empty if there is none
 */
record HostAndPorts(String host, String ports) {

    /** @throws IllegalArgumentException saying why it is not that */
    static HostAndPorts split(String text) {
        String trimmed = text.strip();
        int colon = portColon(trimmed);
        String host = colon < 0 ? trimmed : trimmed.substring(0, colon);
        String ports = colon < 0 ? "" : trimmed.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || !host.chars().allMatch(HostAndPorts::isHostCharacter)) {
            throw new IllegalArgumentException("it has no host name or address in front");
        }
        if (colon >= 0 && ports.isBlank()) {
            throw new IllegalArgumentException("it has no port behind the colon");
        }
        return new HostAndPorts(host, ports);
    }

    /** @throws IllegalArgumentException if it is none */
    static int port(String digits) {
        String trimmed = digits.strip();
        int port = trimmed.matches("[0-9]{1,5}") ? Integer.parseInt(trimmed) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + digits + "' is not a port: a number from 1 to 65535");
        }
        return port;
    }

    /** Where the colon before the ports is, or -1. */
    private static int portColon(String trimmed) {
        int bracket = trimmed.lastIndexOf(']');
        if (bracket >= 0) {
            if (bracket == trimmed.length() - 1) {
                return -1;
            }
            if (trimmed.charAt(bracket + 1) != ':') {
                throw new IllegalArgumentException("after ']' comes nothing, or ':' and a port");
            }
            return bracket + 1;
        }
        int last = trimmed.lastIndexOf(':');
        return last >= 0 && trimmed.indexOf(':') == last ? last : -1;
    }

    private static boolean isHostCharacter(int character) {
        return character < 128 && (Character.isLetterOrDigit(character) || ".-_:%".indexOf(character) >= 0);
    }
}
