package io.vsring.autoconfigure;

import io.vsring.ring.RingStartException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to change when the member's socket cannot be opened. */
final class RingStartFailureAnalyzer extends AbstractFailureAnalyzer<RingStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RingStartException cause) {
        String text = String.valueOf(cause.getMessage());
        return new FailureAnalysis(
                "This application could not become a member of its ring: " + text, action(text), cause);
    }

    private static String action(String text) {
        if (text.contains("vs.security.mode")) {
            return InvalidRingPropertiesFailureAnalyzer.PLAINTEXT_ACTION;
        }
        if (text.toLowerCase(Locale.ROOT).contains("in use")) {
            return "Stop the process that has the port, or set vs.transport.port to another one: a free port, a range such"
                    + " as 7460-7469 of which the first free one is taken, or 0 for any. Others find this member only at"
                    + " ports that are in their vs.discovery.seeds.";
        }
        if (text.contains("vs.transport.bind-address")) {
            return "Set vs.transport.bind-address to an address of this machine, which has " + addresses()
                    + "; or to loopback, site-local, a network such as 10.0.0.0/8, or if:NAME for a network interface.";
        }
        return "Change what the text names.";
    }

    private static List<String> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
