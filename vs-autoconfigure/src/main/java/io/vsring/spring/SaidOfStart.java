package io.vsring.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What methods say about the start of their listeners, and who said it first. Not for several threads. */
final class SaidOfStart {

    private final Map<String, FoundMethod> saidBy = new HashMap<>();

    /** @throws InvalidListenerMethodException if two say different things of one listener; nothing is kept then */
    void addAll(List<FoundMethod> found) {
        Map<String, FoundMethod> all = new HashMap<>(saidBy);
        for (FoundMethod each : found) {
            if (each.autoStartup() == null) {
                continue;
            }
            FoundMethod first = all.putIfAbsent(each.listenerId(), each);
            if (first != null && !each.autoStartup().equals(first.autoStartup())) {
                throw new InvalidListenerMethodException("methods "
                        + HandlerSignature.describe(first.method().method()) + " and "
                        + HandlerSignature.describe(each.method().method()) + " belong to the listener '"
                        + each.listenerId() + "' and say different things of autoStartup: say it once, or give one of"
                        + " them another id");
            }
        }
        saidBy.putAll(all);
    }

    boolean autoStartup(String listenerId, boolean otherwise) {
        FoundMethod said = saidBy.get(listenerId);
        Boolean wanted = said == null ? null : said.autoStartup();
        return wanted == null ? otherwise : wanted;
    }
}
