package io.vsring.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.DefaultApplicationArguments;
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

    public static void main(String[] args) throws InterruptedException {
        List<ConfigurableApplicationContext> members = start(args);
        Welcome.print(members);
    }

    /** Starts the members that the arguments ask for, one after the other. */
    static List<ConfigurableApplicationContext> start(String... args) {
        DefaultApplicationArguments options = new DefaultApplicationArguments(args);
        int count = Integer.parseInt(option(options, "members", "3"));
        List<ConfigurableApplicationContext> members = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            WebPort port = WebPort.choose(option(options, "server.port", ""), index);
            members.add(startMember(args, port, count == 1 ? "" : "-" + (index + 1)));
        }
        return members;
    }

    private static ConfigurableApplicationContext startMember(String[] args, WebPort port, String suffix) {
        List<String> own = new ArrayList<>(Arrays.asList(args));
        own.removeIf(argument -> argument.startsWith(PORT_OPTION));
        own.add(PORT_OPTION + port.number());
        return new SpringApplicationBuilder(SampleApplication.class)
                .initializers(
                        context -> context.addApplicationListener((ContextClosedEvent closed) -> port.close()),
                        context -> TraceFileName.giveOwn(context.getEnvironment(), suffix))
                .run(own.toArray(String[]::new));
    }

    private static String option(DefaultApplicationArguments options, String name, String otherwise) {
        List<String> values = options.getOptionValues(name);
        return values == null || values.isEmpty() ? otherwise : values.get(0);
    }
}
