package io.vsring.spring;

import io.vsring.autoconfigure.Seen;
import io.vsring.autoconfigure.Trouble;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.StaticApplicationContext;

/** What is wrong with events for all members. Here, so that nobody finds them who scans for such. */
public final class EventTroubles {

    private EventTroubles() {}

    @ClusterEvent("price-changed")
    record PriceChanged(String article) {}

    @ClusterEvent("price-changed")
    record PriceRaised(String article) {}

    interface Shape {}

    @ClusterEvent
    record Drawn(Shape shape) {}

    public static List<Trouble> all() {
        return List.of(
                new Trouble(
                        "Two @ClusterEvent classes have one name",
                        "Both have the same name in the annotation, or the same simple name and none there.",
                        Seen.of(() -> events(ours(), PriceChanged.class, PriceRaised.class))),
                new Trouble(
                        "No message can be read as a @ClusterEvent class",
                        "The class, or a component of it, is an interface or has no constructor that can be used.",
                        Seen.of(() -> events(ours(), Shape.class))),
                new Trouble(
                        "The application's multicaster publishes on one member only",
                        "There is a bean `applicationEventMulticaster` of another type, and there are `@ClusterEvent`"
                                + " classes.",
                        Seen.of(() -> events(new SimpleApplicationEventMulticaster(), PriceChanged.class))),
                new Trouble(
                        "A @ClusterEvent class is in no package that is scanned",
                        "It is published, and was not found when the application started.",
                        Seen.of(() -> events(ours(), PriceChanged.class).send(new Drawn(null)))),
                new Trouble(
                        "An event of a name that this member does not know",
                        "During an upgrade, a newer member publishes what this one has no class for. It goes to the"
                                + " `ListenerErrorHandler`.",
                        Seen.of(() -> events(ours(), PriceChanged.class).on(new byte[0], "price-frozen"))));
    }

    private static ClusterEventMulticaster ours() {
        return new ClusterEventMulticaster(new StaticListableBeanFactory().getBeanProvider(ClusterEvents.class));
    }

    private static ClusterEvents events(ApplicationEventMulticaster multicaster, Class<?>... types) {
        PayloadCodecs codecs = new PayloadCodecs(List.of());
        List<String> names = Stream.of(types).map(Class::getName).toList();
        return new ClusterEvents(names, codecs, null, new StaticApplicationContext(), multicaster);
    }
}
