package io.vsring.test.campaign;

/** Datagrams that a bridge drops. */
final class BridgeFault implements Fault {

    private final FaultKind kind;
    private final BridgeRules rules;
    private final String what;
    private long dropped;

    BridgeFault(FaultKind kind, BridgeRules rules, String what) {
        this.kind = kind;
        this.rules = rules;
        this.what = what;
    }

    @Override
    public FaultKind kind() {
        return kind;
    }

    @Override
    public void begin() throws InterruptedException {
        rules.apply();
    }

    @Override
    public void end() throws InterruptedException {
        dropped += rules.remove();
    }

    @Override
    public Proof proof() {
        return Proof.counted(dropped, "nft: dropped");
    }

    @Override
    public String toString() {
        return kind.word() + " " + what;
    }
}
