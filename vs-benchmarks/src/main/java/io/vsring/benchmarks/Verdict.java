package io.vsring.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what the members say about the order, and adds up what they say about speed. */
final class Verdict {

    private final Plan plan;
    private final Map<String, String> orders = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final List<String> lastParts = new ArrayList<>();

    Verdict(Plan plan) {
        this.plan = plan;
    }

    /** Takes what one member said after the run. */
    void hear(int member, List<String> lines) {
        String lastPart = "";
        for (String line : lines) {
            if (line.startsWith(ParentTalk.FAILED + " ")) {
                contradictions.add("member " + member + " failed: " + line.substring(ParentTalk.FAILED.length() + 1));
            } else if (line.startsWith(ParentTalk.RESULT + " ")) {
                results.add(line.substring(ParentTalk.RESULT.length() + 1));
            } else if (line.startsWith(ParentTalk.ORDER + " ") && plan.isCompared()) {
                lastPart = line.substring(ParentTalk.ORDER.length() + 1);
                compare(member, lastPart);
            }
        }
        if (lastPart.isEmpty() && plan.isCompared()) {
            contradictions.add("member " + member + " said nothing about the order");
        }
        lastParts.add(lastPart);
    }

    private void compare(int member, String part) {
        int space = part.indexOf(' ');
        String digest = part.substring(space + 1);
        String known = orders.putIfAbsent(part.substring(0, space), digest);
        if (known != null && !known.equals(digest)) {
            contradictions.add("member " + member + " has in configuration " + part.substring(0, space)
                    + " messages and digest " + digest + ", another one " + known);
        }
    }

    /** The members' JSON lines. */
    List<String> results() {
        return results;
    }

    /** What is wrong with the run; empty if none failed, and all delivered the same and ended in the same place. */
    List<String> contradictions() {
        List<String> all = new ArrayList<>(contradictions);
        if (results.size() != plan.reporters() || lastParts.size() != plan.reporters()) {
            all.add("only " + results.size() + " of " + plan.reporters() + " members reported");
        }
        if (lastParts.stream().distinct().count() > 1) {
            all.add("the members did not end in the same place: " + lastParts);
        }
        return all;
    }

    /** The last line: the ring as a whole. */
    JsonLine summary() {
        JsonLine line = plan.describe(new JsonLine()).put("summary", "ring");
        return switch (plan.mode()) {
            case THROUGHPUT, LATENCY, IDLE -> ofMessages(line);
            case FAILOVER -> ofFailover(line);
            case RAW -> ofRaw(line);
            case LOCKS, MAP, COUNTER -> ofCalls(line);
            case JOIN -> ofJoin(line);
        };
    }

    private JsonLine ofCalls(JsonLine line) {
        line.put(plan.rate(), sum(plan.rate()))
                .put("p50_us", worst("p50_us"))
                .put("p99_us", worst("p99_us"))
                .put("p999_us", worst("p999_us"))
                .put("max_us", worst("max_us"))
                .put("rss_mb", sum("rss_mb"))
                .put("cpu_s", sum("cpu_s"))
                .put("cpu_percent", sum("cpu_percent"));
        if (!plan.isCompared()) {
            return line;
        }
        return line.put("rotations_per_s", sum("rotations_per_s") / plan.members())
                .put("retransmissions", sum("retransmissions"))
                .put("state", contradictions().isEmpty() ? "same" : "DIFFERENT");
    }

    private JsonLine ofJoin(JsonLine line) {
        return line.put("join_ms", worst("join_ms"))
                .put("found", worst("found"))
                .put("ops_per_s", sum("ops_per_s"))
                .put("p50_us", worst("p50_us"))
                .put("p99_us", worst("p99_us"))
                .put("p999_us", worst("p999_us"))
                .put("max_us", worst("max_us"))
                .put("stall_ms", worst("stall_ms"))
                .put("heap_before_mb", worst("heap_before_mb"))
                .put("heap_peak_mb", worst("heap_peak_mb"))
                .put("heap_after_mb", worst("heap_after_mb"))
                .put("gc_ms", worst("gc_ms"))
                .put("state", contradictions().isEmpty() ? "same" : "DIFFERENT");
    }

    /** What a receiver got. */
    private JsonLine ofRaw(JsonLine line) {
        int receivers = plan.members() - 1;
        return line.put("msgs_per_s", sum("msgs_per_s") / receivers)
                .put("mb_per_s", sum("mb_per_s") / receivers)
                .put("cpu_percent", sum("cpu_percent"));
    }

    private JsonLine ofFailover(JsonLine line) {
        line.put("silence_ms", worst("silence_ms")).put("own_msgs_per_s", sum("own_msgs_per_s"));
        return plan.isCompared()
                ? line.put("configurations", worst("configurations"))
                        .put("order", contradictions().isEmpty() ? "same" : "DIFFERENT")
                : line;
    }

    private JsonLine ofMessages(JsonLine line) {
        return line.put("msgs_per_s", sum("msgs_per_s") / plan.members())
                .put("mb_per_s", sum("mb_per_s") / plan.members())
                .put("own_msgs_per_s", sum("own_msgs_per_s"))
                .put("p50_us", worst("p50_us"))
                .put("p99_us", worst("p99_us"))
                .put("p999_us", worst("p999_us"))
                .put("max_us", worst("max_us"))
                .put("start_ms", least("start_ms"))
                .put("rss_mb", sum("rss_mb"))
                .put("rss_mb_per_member", sum("rss_mb") / plan.members())
                .put("cpu_s", sum("cpu_s"))
                .put("cpu_percent", sum("cpu_percent"))
                .put("engine_cpu_percent", sum("engine_cpu_percent"))
                .put("engine_bytes_per_msg", sum("engine_bytes_per_msg") / plan.members())
                .put("rotations_per_s", sum("rotations_per_s") / plan.members())
                .put("retransmissions", sum("retransmissions"))
                .put("token_retransmissions", sum("token_retransmissions"))
                .put("order", contradictions().isEmpty() ? "same" : "DIFFERENT");
    }

    private double sum(String name) {
        return results.stream()
                .mapToDouble(line -> JsonLine.number(line, name).orElse(0))
                .sum();
    }

    private double least(String name) {
        return results.stream()
                .mapToDouble(line -> JsonLine.number(line, name).orElse(Double.NaN))
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(Double.NaN);
    }

    private double worst(String name) {
        return results.stream()
                .mapToDouble(line -> JsonLine.number(line, name).orElse(Double.NaN))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }
}
