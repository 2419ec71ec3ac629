package io.vsring.sample;

import io.vsring.Member;
import io.vsring.ring.RingStatus;
import io.vsring.spring.RingOperations;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;

/** What the console shows when all members of this JVM are there. */
final class Welcome {

    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private Welcome() {}

    static void print(List<ConfigurableApplicationContext> members) throws InterruptedException {
        awaitOneConfiguration(members);
        System.out.println(text(members));
    }

    /** Each member waits for others when it starts, but not for all that are started after it. */
    private static void awaitOneConfiguration(List<ConfigurableApplicationContext> members)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() - deadline < 0
                && members.stream()
                                .map(member -> status(member).configuration())
                                .distinct()
                                .count()
                        > 1) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static String text(List<ConfigurableApplicationContext> members) {
        RingStatus status = status(members.get(0));
        List<String> urls = members.stream().map(Welcome::url).toList();
        String last = urls.get(urls.size() - 1);
        String here = members.stream()
                .map(member -> "    " + status(member).local() + "   " + url(member))
                .collect(Collectors.joining("\n"));
        return """

                configuration %s: %d members on one ring
                    %s
                of which here:
                %s

                watch the ring           %s
                multicast a message      curl '%s/messages?group=greetings&guarantee=safe' -d 'hello'
                see the order            curl %s/messages
                set a key, read it       curl -X PUT '%s/maps/stock/apples' -d 12; curl %s/maps/stock/apples
                count                    curl -X POST '%s/counters/visits?add=1'
                take a lock, list them   curl -X POST '%s/locks/door?wait=2s'; curl %s/locks
                start another member     mvn -q -pl sample-app -am spring-boot:run \\
                                             -Dspring-boot.run.arguments=--members=1
                leave                    Ctrl-C
                """.formatted(
                        status.configuration().id(),
                        status.members().size(),
                        status.members().stream().map(Member::toString).collect(Collectors.joining("\n    ")),
                        here,
                        urls.get(0),
                        urls.get(0),
                        last,
                        urls.get(0),
                        last,
                        urls.get(0),
                        urls.get(0),
                        last);
    }

    private static RingStatus status(ConfigurableApplicationContext member) {
        return member.getBean(RingOperations.class).status();
    }

    private static String url(ConfigurableApplicationContext member) {
        return "http://localhost:" + member.getEnvironment().getProperty("local.server.port");
    }
}
