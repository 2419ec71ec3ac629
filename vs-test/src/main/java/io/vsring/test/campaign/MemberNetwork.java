package io.vsring.test.campaign;

import java.util.List;

/** Where members are and how they reach each other. Members are counted from 1. */
public sealed interface MemberNetwork {

    /** The words before {@code java} that put a process into its place. */
    List<String> prefix(int number);

    /** The address of a member, for datagrams and for HTTP. */
    String host(int number);

    /** Where its web server listens. */
    int webPort(int number);

    /** Where its ring listens. */
    int ringPort(int number);

    /** All members of a loopback interface, told apart by ports. */
    record Loopback(int firstWebPort, int firstRingPort) implements MemberNetwork {
        @Override
        public List<String> prefix(int number) {
            return List.of();
        }

        @Override
        public String host(int number) {
            return "127.0.0.1";
        }

        @Override
        public int webPort(int number) {
            return firstWebPort + number - 1;
        }

        @Override
        public int ringPort(int number) {
            return firstRingPort + number - 1;
        }
    }

    /** A network namespace for each member, as {@link Namespaces} makes them. */
    record Namespaced() implements MemberNetwork {
        private static final int WEB_PORT = 8080;
        private static final int RING_PORT = 7460;

        @Override
        public List<String> prefix(int number) {
            return Namespaces.inside(Namespaces.ofMember(number));
        }

        @Override
        public String host(int number) {
            return Namespaces.address(number);
        }

        @Override
        public int webPort(int number) {
            return WEB_PORT;
        }

        @Override
        public int ringPort(int number) {
            return RING_PORT;
        }
    }
}
