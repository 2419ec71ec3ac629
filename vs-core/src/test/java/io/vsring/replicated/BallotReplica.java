package io.vsring.replicated;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.TreeMap;

/** The example of docs/replication.md: each member votes once, and the answer is how many voted alike. */
final class BallotReplica implements Replica {

    private final TreeMap<String, String> choices = new TreeMap<>(); // by member; an order that all have

    @Override
    public byte[] apply(byte[] command, Circumstances circumstances) {
        String choice = new String(command, UTF_8);
        if (choice.isEmpty()) {
            throw new ReplicaException("a vote for nothing"); // an answer too: nothing has been changed
        }
        choices.putIfAbsent(circumstances.client().toString(), choice);
        long alike = choices.values().stream().filter(choice::equals).count();
        return Long.toString(alike).getBytes(UTF_8);
    }

    @Override
    public StateSnapshot snapshot() {
        return StateSnapshot.of(choices.entrySet().stream()
                .map(each -> (each.getKey() + "=" + each.getValue()).getBytes(UTF_8))
                .toList()
                .iterator()); // a copy: what is applied meanwhile does not show
    }

    @Override
    public void restore(byte[] piece) {
        String[] parts = new String(piece, UTF_8).split("=", 2);
        choices.put(parts[0], parts[1]);
    }

    @Override
    public long digest() {
        return choices.hashCode(); // so that members notice if they differ
    }
}
