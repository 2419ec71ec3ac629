package io.vsring.test.campaign;

import java.util.List;

/**
 * The key of all members is replaced under load: another one is added, it is made the active one, the first one is
 * taken away. No member may fall out of the ring for it. Each step waits until all members say that they have taken the
 * one before, as operators have to.
 */
final class KeyRotation implements Fault {

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final KeyDirectory directory;
    private final List<MemberSlot> members;
    private final HttpCalls calls;
    private final int from;
    private final int to;
    private boolean wasAdded;
    private boolean wasActivated;
    private boolean wasRemoved;

    KeyRotation(KeyDirectory directory, List<MemberSlot> members, HttpCalls calls) {
        this.directory = directory;
        this.members = members;
        this.calls = calls;
        this.from = directory.active();
        this.to = from + 1;
    }

    @Override
    public FaultKind kind() {
        return FaultKind.ROTATE_KEYS;
    }

    @Override
    public void begin() throws InterruptedException {
        directory.draw(to);
        wasAdded = allSay("[" + from + "," + to + "]", from);
        directory.activate(to);
        wasActivated = allSay("[" + from + "," + to + "]", to);
    }

    @Override
    public void end() throws InterruptedException {
        if (wasActivated) {
            directory.remove(from);
            wasRemoved = allSay("[" + to + "]", to);
        }
    }

    private boolean allSay(String keys, int active) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String expected = "\"keys\":" + keys + ",\"active\":" + active;
        while (System.nanoTime() - deadline < 0) {
            boolean all = true;
            for (MemberSlot member : members) {
                all = all
                        && calls.call(member, "GET", "/actuator/ring/security", "")
                                .body()
                                .contains(expected);
            }
            if (all) {
                return true;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        return false;
    }

    @Override
    public Proof proof() {
        return new Proof(
                wasAdded && wasActivated && wasRemoved,
                "all members said: added=" + wasAdded + " active=" + wasActivated + " removed=" + wasRemoved);
    }

    @Override
    public String toString() {
        return kind().word() + " from " + from + " to " + to;
    }
}
