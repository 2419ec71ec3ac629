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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerSignatureTest {

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

        void sender(MemberId sender) {}

        void ring(Ring ring) {}

        void template(RingTemplate template) {}

        <T> void variables(T[] payload) {}

        void both(RingConfiguration configuration, ConfigurationChange change) {}

        void members(MemberSet members) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "payloadAndDelivery", "deliveryAndPayload", "delivery"})
    void acceptsPayloadAndDeliveryInAnyOrder(String name) {
        HandlerSignature signature = HandlerSignature.ofDelivery(Handlers.class, method(Handlers.class, name));

        assertThat(signature.parameters()).hasSizeBetween(1, 2);
    }

    @Test
    void readsTheWholeTypeOfThePayload() {
        HandlerSignature signature =
                HandlerSignature.ofDelivery(Handlers.class, method(Handlers.class, "deliveryAndPayload"));

        assertThat(signature.payload()).hasToString("java.util.List<" + Order.class.getName() + ">");
        assertThat(signature.parameters()).containsExactly(HandlerSignature.SECOND, HandlerSignature.FIRST);
    }

    @Test
    void findsTheTypeThatASubclassGivesToItsParent() {
        HandlerSignature signature = HandlerSignature.ofDelivery(OfOrders.class, method(Generic.class, "generic"));

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
                "sender            | MemberId is no payload: take what was sent, and a Delivery",
                "ring              | Ring is no payload",
                "template          | RingTemplate is no payload",
                "answer            | it returns int, which nobody would receive",
                "ofTheClass        | it is static",
                "change            | annotate the method with @OnConfigurationChange",
            })
    void namesTheMethodTheObjectionAndTheLegalSignatures(String name, String objection) {
        Method method = method(Handlers.class, name);

        assertThatExceptionOfType(InvalidListenerMethodException.class)
                .isThrownBy(() -> HandlerSignature.ofDelivery(Handlers.class, method))
                .withMessageStartingWith("@OnDeliver method " + Handlers.class.getName() + "." + name + "(")
                .withMessageContaining(objection)
                .withMessageContaining("void " + name + "(P payload)")
                .withMessageContaining("void " + name + "(P payload, Delivery delivery)")
                .withMessageContaining("void " + name + "(Delivery delivery)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "change", "configuration", "both"})
    void acceptsWhatAConfigurationChangeHas(String name) {
        HandlerSignature signature = HandlerSignature.ofConfigurationChange(method(Handlers.class, name));

        assertThat(signature.payload()).isNull();
    }

    @Test
    void namesTheLegalSignaturesForConfigurationChanges() {
        assertThatExceptionOfType(InvalidListenerMethodException.class)
                .isThrownBy(() -> HandlerSignature.ofConfigurationChange(method(Handlers.class, "members")))
                .withMessageContaining("Handlers.members(MemberSet) cannot be called")
                .withMessageContaining("void members(ConfigurationChange change)")
                .withMessageContaining("void members(RingConfiguration configuration)")
                .withMessageContaining("void members()");
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
