package io.vsring.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Some members of one ring, each an application of its own with its own web server.
 *
 * <p>{@code --members} says how many are started in this JVM, three by default. Everything else is Spring Boot's and
 * ours: {@code --server.port}, {@code --vs.*}. Members of one JVM write traces of their own, with a number at the end
 * of the {@code --vs.trace.file}'s name. Started again, in another terminal or on another machine, further members
 * join.
 */
@SpringBootApplication
public class SampleApplication {

    private static final String PORT_OPTION = "--server.port=";
    private static final int WRONG_USE = 2;

    public static void main(String[] args) throws InterruptedException {
        SampleArguments arguments;
        try {
            arguments = SampleArguments.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        Welcome.print(start(arguments, args));
    }

    /** Starts the members that the arguments ask for, one after the other: all of them, or none. */
    static List<ConfigurableApplicationContext> start(String... args) {
        return start(SampleArguments.parse(args), args);
    }

    private static List<ConfigurableApplicationContext> start(SampleArguments arguments, String[] args) {
        List<ConfigurableApplicationContext> members = new ArrayList<>();
        try {
            for (int index = 0; index < arguments.members(); index++) {
                String suffix = arguments.members() == 1 ? "" : "-" + (index + 1);
                members.add(startMember(args, WebPort.choose(arguments.webPort(), index), suffix));
            }
            return members;
        } catch (RuntimeException failed) {
            members.forEach(ConfigurableApplicationContext::close);
            throw failed;
        }
    }

    private static ConfigurableApplicationContext startMember(String[] args, WebPort port, String suffix) {
        List<String> own = new ArrayList<>(Arrays.asList(args));
        own.removeIf(argument -> argument.startsWith(PORT_OPTION));
        own.add(PORT_OPTION + port.number());
        try {
            return new SpringApplicationBuilder(SampleApplication.class)
                    .initializers(
                            context -> context.addApplicationListener((ContextClosedEvent closed) -> port.close()),
                            context -> TraceFileName.giveOwn(context.getEnvironment(), suffix))
                    .run(own.toArray(String[]::new));
        } catch (RuntimeException failed) {
            port.close(); // a context that never was is not closed
            throw failed;
        }
    }
}
