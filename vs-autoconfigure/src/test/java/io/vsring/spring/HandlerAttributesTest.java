package io.vsring.spring;

import static io.vsring.spring.ListeningContext.BOTH;
import static io.vsring.spring.ListeningContext.OTHER;
import static io.vsring.spring.ListeningContext.SELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

class HandlerAttributesTest {

    private final ListeningContext listening = new ListeningContext(100);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        listening.close();
    }

    record Order(@NotBlank String id, @Positive int quantity) {}

    sealed interface Event permits Placed, Cancelled {}

    @ReplicatedType("placed")
    record Placed(String id) implements Event {}

    @ReplicatedType("cancelled")
    record Cancelled(String id) implements Event {}

    final class Everything {

        @OnDeliver("orders")
        void on(@Headers Map<String, String> headers, @Payload Order order, MemberId sender, Delivery delivery) {
            seen.add(order.id() + " " + headers + " " + sender + " " + delivery.sequence());
        }

        @OnDeliver("orders")
        void wrapped(RingConfiguration configuration, Message<Order> message, DeliveredMessage<Order> delivered) {
            seen.add(configuration.id());
            assertThat(message.getPayload()).isEqualTo(delivered.payload());
            assertThat(message.getHeaders())
                    .containsEntry("tenant", "acme")
                    .containsEntry("vs_delivery", delivered.delivery());
            assertThat(delivered.headers()).containsExactly(Map.entry("tenant", "acme"));
        }
    }

    @Test
    void handsOverAllThatASignatureCanName() throws InterruptedException {
        listening.with("everything", Everything.class, new Everything()).start();

        listening.deliver(OTHER, "orders", new Order("a", 1), Map.of("tenant", "acme"));
        listening.stop();

        assertThat(listening.failures).isEmpty();
        assertThat(seen).containsExactlyInAnyOrder("a {tenant=acme} " + OTHER + " 1", BOTH.id());
    }

    final class OfHeaders {

        @OnDeliver("orders")
        void on(
                String text,
                @Header String tenant,
                @Header(name = "attempt", defaultValue = "1") int attempt,
                @Header(name = "trace", required = false) @Nullable String trace) {
            seen.add(text + " " + tenant + " " + attempt + " " + trace);
        }
    }

    @Test
    void turnsHeadersIntoWhatTheParametersWant() throws InterruptedException {
        listening.with("headers", OfHeaders.class, new OfHeaders()).start();

        listening.deliver(SELF, "orders", "full", Map.of("tenant", "acme", "attempt", "3", "trace", "t"));
        listening.deliver(SELF, "orders", "sparse", Map.of("tenant", "acme"));
        listening.deliver(SELF, "orders", "bad", Map.of("tenant", "acme", "attempt", "many"));
        listening.deliver("orders", "without");
        listening.stop();

        assertThat(seen).containsExactly("full acme 3 t", "sparse acme 1 null");
        assertThat(listening.failures).extracting(ListenerFailure::kind).containsOnly(ListenerFailure.Kind.THROWN);
        assertThat(listening.failures.get(1).cause())
                .hasMessageContaining("no header 'tenant'")
                .hasMessageContaining("@Header(required = false)");
    }

    final class Choosy {

        @OnDeliver(value = "orders", condition = "payload.quantity > 10 && headers['tenant'] == '${tenant:acme}'")
        void large(Order order) {
            seen.add("large " + order.id());
        }

        @OnDeliver(value = "orders", condition = "@limits.allows(delivery)")
        void allowed(Delivery delivery) {
            seen.add("allowed " + delivery.sequence());
        }

        @OnDeliver(value = "events", payload = Placed.class)
        void placed(Event event) {
            seen.add("placed " + event);
        }

        @OnDeliver(value = "events", selfDelivery = false)
        void ofOthers(Event event) {
            seen.add("of others " + event);
        }
    }

    public static final class Limits {
        public boolean allows(Delivery delivery) {
            return delivery.sequence() == 2;
        }
    }

    @Test
    void callsAMethodForTheMessagesThatItAskedFor() throws InterruptedException {
        listening
                .with("limits", Limits.class, new Limits())
                .with("choosy", Choosy.class, new Choosy())
                .start();

        listening.deliver(SELF, "orders", new Order("a", 1), Map.of("tenant", "acme"));
        listening.deliver(SELF, "orders", new Order("b", 20), Map.of("tenant", "acme"));
        listening.deliver(SELF, "orders", new Order("c", 20), Map.of("tenant", "other"));
        listening.deliver("events", new Placed("p"));
        listening.deliver(OTHER, "events", new Cancelled("x"), Map.of());
        listening.stop();

        assertThat(listening.failures).isEmpty();
        assertThat(seen)
                .containsExactlyInAnyOrder("allowed 2", "large b", "placed Placed[id=p]", "of others Cancelled[id=x]");
    }

    final class Failing {

        @OnDeliver(value = "orders", condition = "payload.length() / 0 > 1")
        void on(String text) {
            seen.add(text);
        }
    }

    @Test
    void aConditionThatFailsIsAFailureOfItsMethodAndNoCall() throws InterruptedException {
        listening.with("failing", Failing.class, new Failing()).start();

        listening.deliver("orders", "a");
        listening.stop();

        assertThat(seen).isEmpty();
        assertThat(listening.failures).singleElement().returns(ListenerFailure.Kind.THROWN, ListenerFailure::kind);
    }

    final class Strict {

        @OnDeliver("orders")
        void valid(@Valid Order order) {
            seen.add(order.id());
        }

        @OnDeliver("more")
        void validated(@Validated @Payload Order order) {
            seen.add(order.id());
        }
    }

    @Test
    void judgesAPayloadBeforeTheMethodIsCalled() throws InterruptedException {
        LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
        validator.afterPropertiesSet();
        listening
                .with("validator", SmartValidator.class, validator)
                .with("strict", Strict.class, new Strict())
                .start();

        listening.deliver("orders", new Order("good", 1));
        listening.deliver("orders", new Order("", -5));
        listening.deliver("more", new Order("bad", 0));
        listening.stop();

        assertThat(seen).containsExactly("good");
        assertThat(listening.failures).extracting(ListenerFailure::kind).containsOnly(ListenerFailure.Kind.INVALID);
        assertThat(listening.failures.get(0).cause())
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageContaining("id ")
                .hasMessageContaining("quantity ")
                .hasMessageNotContaining("-5"); // values are for the application, not for its log
        assertThat(listening.failures.get(0).delivery().length()).isPositive();
        assertThat(listening.status("strict")).returns(2L, ListenerStatus::invalid);
    }

    static final class OfItsOwn {

        @OnDeliver(value = "orders", errorHandler = "${handler:mine}")
        void on(String text) {
            if (!text.isEmpty()) {
                throw new IllegalStateException(text);
            }
        }
    }

    @Test
    void tellsTheErrorHandlerOfTheMethod() throws InterruptedException {
        List<ListenerFailure> mine = new CopyOnWriteArrayList<>();
        listening
                .with("mine", ListenerErrorHandler.class, mine::add)
                .with("ofItsOwn", OfItsOwn.class, new OfItsOwn())
                .start();

        listening.deliver("orders", "a");
        listening.stop();

        assertThat(mine).extracting(failure -> failure.cause().getMessage()).containsExactly("a");
        assertThat(listening.failures).isEmpty();
    }

    final class Curious {

        @OnDeliver(OnDeliver.ALL_GROUPS)
        void on(Delivery delivery) {
            seen.add(delivery.group());
        }
    }

    @Test
    void allGroupsAreThoseOfTheApplication() throws InterruptedException {
        listening.with("curious", Curious.class, new Curious()).start();

        listening.deliver("vs.page", "our own");
        listening.deliver("orders", "theirs");
        listening.stop();

        assertThat(seen).containsExactly("orders");
    }

    static final class NoExpression {
        @OnDeliver(value = "orders", condition = "payload >")
        void on(String text) {}
    }

    static final class NoExecutor {
        @OnDeliver(value = "orders", executor = "pool")
        void on(String text) {}
    }

    static final class KeyWithoutExecutor {
        @OnDeliver(value = "orders", orderKey = "payload")
        void on(String text) {}
    }

    static final class NoErrorHandler {
        @OnDeliver(value = "orders", errorHandler = "nobody")
        void on(String text) {}
    }

    static final class ForeignPayload {
        @OnDeliver(value = "events", payload = Order.class)
        void on(Event event) {}
    }

    static final class NoPayload {
        @OnDeliver(value = "events", payload = Order.class)
        void on(Delivery delivery) {}
    }

    static final class NoValidator {
        @OnDeliver("orders")
        void on(@Valid Order order) {}
    }

    static final class Perhaps {
        @OnDeliver(value = "orders", autoStartup = "perhaps")
        void on(String text) {}
    }

    static final class Contradiction {
        @OnDeliver(value = "orders", autoStartup = "true")
        void on(String text) {}

        @OnDeliver(value = "orders", autoStartup = "false")
        void off(String text) {}
    }

    static final class Reserved {
        @OnDeliver("vs.events")
        void on(String text) {}
    }

    static Stream<Arguments> attributesThatCannotBe() {
        return Stream.of(
                Arguments.of(new NoExpression(), "condition = \"payload >\", which is no expression"),
                Arguments.of(new NoExecutor(), "executor = \"pool\", which is no bean of type Executor"),
                Arguments.of(new KeyWithoutExecutor(), "has an orderKey and no executor"),
                Arguments.of(new NoErrorHandler(), "errorHandler = \"nobody\", which is no bean of type"),
                Arguments.of(new ForeignPayload(), "asks for payloads of Order, which are no Event"),
                Arguments.of(new NoPayload(), "asks for payloads of Order and takes no payload"),
                Arguments.of(new NoValidator(), "add spring-boot-starter-validation"),
                Arguments.of(new Perhaps(), "autoStartup = \"perhaps\": say true or false"),
                Arguments.of(new Contradiction(), "say different things of autoStartup"),
                Arguments.of(new Reserved(), "names the group 'vs.events', which vs keeps for itself"));
    }

    @ParameterizedTest
    @MethodSource("attributesThatCannotBe")
    void refusesToStartWithAttributesThatCannotBe(Object listener, String objection) {
        listening.context.registerBean("listener", Object.class, () -> listener);

        assertThatThrownBy(listening::refresh)
                .isInstanceOf(InvalidListenerMethodException.class)
                .hasMessageContaining(listener.getClass().getName() + ".on")
                .hasMessageContaining(objection);
    }
}
