package io.vsring.autoconfigure;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberSet;
import io.vsring.spring.OnConfigurationChange;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingTemplate;
import java.util.List;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

/** Listener methods that cannot be called, whatever the beans around them. */
@SuppressWarnings({"unused", "rawtypes"}) // parameters that are only looked at
final class HandlerTroubles {

    private HandlerTroubles() {}

    record Order(String id) {}

    record Refund(String id) {}

    static class StaticMethod {
        @OnDeliver("orders")
        static void on(Order order) {}
    }

    static class Answering {
        @OnDeliver("orders")
        int on(Order order) {
            return 1;
        }
    }

    static class Twice {
        @OnDeliver("orders")
        void on(Delivery one, Delivery other) {}
    }

    static class TwoPayloads {
        @OnDeliver("orders")
        void on(Order order, Refund refund) {}
    }

    static class Nothing {
        @OnDeliver("orders")
        void on() {}
    }

    static class Sending {
        @OnDeliver("orders")
        void on(RingTemplate ring) {}
    }

    static class OtherAnnotation {
        @OnDeliver("orders")
        void on(ConfigurationChange change) {}
    }

    static class Anything {
        @OnDeliver("orders")
        void on(Object payload) {}
    }

    static class Open {
        @OnDeliver("orders")
        <T> void on(List<T> payload) {}
    }

    static class RawMessage {
        @OnDeliver("orders")
        void on(Message message) {}
    }

    static class HeaderOfAnyType {
        @OnDeliver("orders")
        void on(Order order, @Header("refund") Refund refund) {}
    }

    static class AbsentNumber {
        @OnDeliver("orders")
        void on(Order order, @Header(name = "attempt", required = false) int attempt) {}
    }

    static class HeadersAsText {
        @OnDeliver("orders")
        void on(Order order, @Headers String headers) {}
    }

    static class ChangeAsText {
        @OnConfigurationChange
        void on(String change) {}
    }

    static class OneSet {
        @OnConfigurationChange
        void on(MemberSet joined) {}
    }

    static List<Trouble> payloads() {
        return List.of(
                trouble("A listener method is static", "`@OnDeliver` is on a `static` method.", StaticMethod.class),
                trouble(
                        "A listener method returns something",
                        "The method returns a value, as one of Spring's `@JmsListener` methods may.",
                        Answering.class),
                trouble(
                        "A listener method takes the same thing twice",
                        "Two parameters would get the same `Delivery`, sender or configuration.",
                        Twice.class),
                trouble(
                        "A listener method takes two payloads",
                        "Two parameters are neither headers nor something that a delivery knows, so both would"
                                + " be the message.",
                        TwoPayloads.class),
                trouble(
                        "A listener method takes neither a payload nor a Delivery",
                        "The method has no parameters.",
                        Nothing.class),
                trouble(
                        "A listener method takes the ring or the template",
                        "A parameter has a type of vs that no message carries. Inject it into the bean instead.",
                        Sending.class),
                trouble(
                        "A listener method takes a ConfigurationChange",
                        "`@OnDeliver` stands where `@OnConfigurationChange` was meant.",
                        OtherAnnotation.class),
                trouble(
                        "A listener method takes Object",
                        "The payload is an `Object`, and the bytes of a message do not say what they are.",
                        Anything.class),
                trouble(
                        "The payload type is not known when the application starts",
                        "The payload is a type variable or a wildcard, also inside a `List` or an array.",
                        Open.class),
                trouble(
                        "A listener method takes a Message without a type",
                        "`Message` or `DeliveredMessage` stands there without what is in it.",
                        RawMessage.class));
    }

    static List<Trouble> headersAndChanges() {
        return List.of(
                trouble(
                        "A header cannot be turned into the type of the parameter",
                        "A `@Header` parameter has a type for which the application has no converter from text.",
                        HeaderOfAnyType.class),
                trouble(
                        "A header that may be absent has a primitive type",
                        "`@Header(required = false)` is on an `int`, which cannot be null.",
                        AbsentNumber.class),
                trouble(
                        "A @Headers parameter is no map",
                        "`@Headers` is on something else than a `Map<String, String>`.",
                        HeadersAsText.class),
                trouble(
                        "An @OnConfigurationChange method takes what a change has not",
                        "A parameter is neither the change, nor the configuration, nor a `MemberSet`.",
                        ChangeAsText.class),
                trouble(
                        "An @OnConfigurationChange method takes one MemberSet",
                        "The method takes one `MemberSet`, and nobody knows which of the two was meant.",
                        OneSet.class));
    }

    private static Trouble trouble(String title, String how, Class<?> listener) {
        return new Trouble(title, how, Seen.atStart(Seen.application().withBean("orders", listener)));
    }
}
