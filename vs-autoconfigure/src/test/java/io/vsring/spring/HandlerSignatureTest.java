package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.ring.Ring;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

class HandlerSignatureTest {

    private static final ConversionService TEXTS = DefaultConversionService.getSharedInstance();

    record Order(String id) {}

    static class Generic<T> {
        void generic(T payload) {}
    }

    static class OfOrders extends Generic<Order> {}

    @SuppressWarnings("unused")
    static class Handlers {
        void payload(Order order) {}

        void payloadAndDelivery(Order order, Delivery delivery) {}

        void deliveryAndPayload(Delivery delivery, List<Order> orders) {}

        void delivery(Delivery delivery) {}

        void nothing() {}

        void twoPayloads(Order order, byte[] bytes) {}

        void twoDeliveries(Delivery one, Delivery other) {}

        void anything(Object payload) {}

        void wildcard(List<? extends Order> orders) {}

        <T> void variable(T payload) {}

        int answer(Order order) {
            return 1;
        }

        static void ofTheClass(Order order) {}

        void change(ConfigurationChange change) {}

        void configuration(RingConfiguration configuration) {}

        void wrapped(Order order, Message<Order> message, DeliveredMessage<Order> delivered, RingConfiguration where) {}

        void headers(
                @Header("tenant") String tenant,
                @Header(name = "attempt", defaultValue = "1") int attempt,
                @Headers Map<String, String> headers,
                MemberId sender) {}

        void number(@Header(name = "attempt", required = false) int attempt) {}

        void order(@Header("order") Order order) {}

        void noMap(@Headers String headers) {}

        void raw(Message<?> message) {}

        void rawMessage(@SuppressWarnings("rawtypes") Message message) {}

        void twoKinds(Order order, Message<String> text) {}

        void oneSet(MemberSet joined) {}

        void text(String joined) {}

        void ring(Ring ring) {}

        void template(RingTemplate template) {}

        <T> void variables(T[] payload) {}

        void both(RingConfiguration configuration, ConfigurationChange change) {}

        void members(MemberSet joined, MemberSet left) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "payloadAndDelivery", "deliveryAndPayload", "delivery", "wrapped", "headers"})
    void acceptsPayloadAndDeliveryInAnyOrder(String name) {
        HandlerSignature signature = HandlerSignature.ofDelivery(Handlers.class, method(Handlers.class, name), TEXTS);

        assertThat(signature.arguments()).hasSize(method(Handlers.class, name).getParameterCount());
    }

    @Test
    void readsTheWholeTypeOfThePayload() {
        HandlerSignature signature =
                HandlerSignature.ofDelivery(Handlers.class, method(Handlers.class, "deliveryAndPayload"), TEXTS);

        assertThat(signature.payload()).hasToString("java.util.List<" + Order.class.getName() + ">");
        assertThat(signature.arguments()).containsExactly(HandlerArguments.DELIVERY, HandlerArguments.PAYLOAD);
    }

    @Test
    void findsTheTypeThatASubclassGivesToItsParent() {
        HandlerSignature signature =
                HandlerSignature.ofDelivery(OfOrders.class, method(Generic.class, "generic"), TEXTS);

        assertThat(signature.payload()).isEqualTo(Order.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing           | it takes neither a payload nor a Delivery",
                "twoPayloads       | it takes two payloads, Order and byte[]",
                "twoDeliveries     | it takes the same thing twice",
                "anything          | Object says nothing about how to read the bytes",
                "wildcard          | is not known when the application starts",
                "variable          | the payload type T is not known when the application starts",
                "variables         | the payload type T[] is not known when the application starts",
                "number            | the header 'attempt' may be absent, and an argument of type int cannot be",
                "order             | the header 'order' is a text, which cannot be turned into Order",
                "noMap             | its @Headers parameter is no Map<String, String>",
                "raw               | the payload type ? is not known when the application starts",
                "rawMessage        | Message says nothing about how to read the bytes",
                "twoKinds          | it takes two payloads, Order and String",
                "ring              | Ring is no payload",
                "template          | RingTemplate is no payload",
                "answer            | it returns int, which nobody would receive",
                "ofTheClass        | it is static",
                "change            | annotate the method with @OnConfigurationChange",
            })
    void namesTheMethodTheObjectionAndTheLegalSignatures(String name, String objection) {
        Method method = method(Handlers.class, name);

        assertThatExceptionOfType(InvalidListenerMethodException.class)
                .isThrownBy(() -> HandlerSignature.ofDelivery(Handlers.class, method, TEXTS))
                .withMessageStartingWith("@OnDeliver method " + Handlers.class.getName() + "." + name + "(")
                .withMessageContaining(objection)
                .withMessageContaining("void " + name + "(P payload)")
                .withMessageContaining("void " + name + "(P payload, Delivery delivery)")
                .withMessageContaining("void " + name + "(Delivery delivery)")
                .withMessageContaining("@Header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "change", "configuration", "both", "members"})
    void acceptsWhatAConfigurationChangeHas(String name) {
        HandlerSignature signature = HandlerSignature.ofConfigurationChange(method(Handlers.class, name));

        assertThat(signature.payload()).isNull();
        assertThat(signature.arguments()).hasSize(method(Handlers.class, name).getParameterCount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text   | its parameter of type String is nothing that a configuration change has",
                "oneSet | it takes one MemberSet, where there are two: who joined, and then who left",
            })
    void namesTheLegalSignaturesForConfigurationChanges(String name, String objection) {
        Method method = method(Handlers.class, name);

        assertThatExceptionOfType(InvalidListenerMethodException.class)
                .isThrownBy(() -> HandlerSignature.ofConfigurationChange(method))
                .withMessageContaining(objection)
                .withMessageContaining("void " + name + "(ConfigurationChange change)")
                .withMessageContaining("void " + name + "(RingConfiguration configuration)")
                .withMessageContaining("void " + name + "(MemberSet joined, MemberSet left)")
                .withMessageContaining("void " + name + "()");
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
