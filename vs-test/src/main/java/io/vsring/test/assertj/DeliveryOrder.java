package io.vsring.test.assertj;

import io.vsring.Delivery;
import io.vsring.MemberId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the orders in which members have delivered what they have in common. */
final class DeliveryOrder {

    private static final int TEXT_MAX = 40;

    private final List<Told> all = new ArrayList<>();

    private record Told(String who, List<Delivery> deliveries) {}

    private record Message(MemberId sender, long number) {
        static Message of(Delivery delivery) {
            return new Message(delivery.sender(), delivery.number());
        }
    }

    /** One incarnation, with what it was told. */
    void add(String who, List<Delivery> deliveries) {
        all.add(new Told(who, deliveries));
    }

    /** What is wrong, in one sentence; null if nothing is. */
    @Nullable
    String firstDifference() {
        if (all.stream().allMatch(told -> told.deliveries.isEmpty())) {
            return "no member has delivered anything, so there is no order to compare";
        }
        for (int first = 0; first < all.size(); first++) {
            for (int second = first + 1; second < all.size(); second++) {
                String wrong = difference(all.get(first), all.get(second));
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private static @Nullable String difference(Told one, Told other) {
        Map<Message, Integer> places = new HashMap<>();
        for (Delivery delivery : other.deliveries) {
            places.put(Message.of(delivery), places.size());
        }
        int last = -1;
        Delivery before = null;
        for (Delivery delivery : one.deliveries) {
            Integer place = places.get(Message.of(delivery));
            if (place == null) {
                continue;
            }
            if (before != null && place <= last) {
                return one.who + " has delivered " + text(before) + " before " + text(delivery) + ", " + other.who
                        + " the other way round";
            }
            last = place;
            before = delivery;
        }
        return null;
    }

    private static String text(Delivery delivery) {
        String content = new String(delivery.toByteArray(), StandardCharsets.UTF_8);
        return "'" + (content.length() > TEXT_MAX ? content.substring(0, TEXT_MAX) + "…" : content) + "' (message "
                + delivery.number() + " of " + delivery.sender() + " to " + delivery.group() + ")";
    }

    /** Messages as text in UTF-8. */
    static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> new String(delivery.toByteArray(), StandardCharsets.UTF_8))
                .toList();
    }
}
