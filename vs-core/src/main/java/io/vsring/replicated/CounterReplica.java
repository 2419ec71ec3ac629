package io.vsring.replicated;

/** A number. The delivery thread changes it, any thread reads it. */
final class CounterReplica implements Replica {

    static final String KIND = "counter";

    private static final int GET = 0;
    private static final int ADD = 1;
    private static final int COMPARE_AND_SET = 2;

    /** Two that add are one that adds both; the sum before the later one is the sum without it. */
    static final PendingCalls.Combination ADDS = new PendingCalls.Combination() {
        @Override
        public byte[] combine(byte[] earlier, byte[] later) {
            return add(delta(earlier) + delta(later));
        }

        @Override
        public byte[] answerBefore(byte[] answer, byte[] later) {
            return bytes(new ByteReader(answer).getLong() - delta(later));
        }

        private static long delta(byte[] add) {
            return new ByteReader(add, 1, Long.BYTES).getLong();
        }
    };

    private volatile long value;

    @Override
    public boolean isQuick(byte[] command) {
        return true;
    }

    static byte[] get() {
        return new byte[] {GET};
    }

    static byte[] add(long delta) {
        return new ByteWriter(9).putByte(ADD).putLong(delta).toBytes();
    }

    static byte[] compareAndSet(long expected, long next) {
        return new ByteWriter(17)
                .putByte(COMPARE_AND_SET)
                .putLong(expected)
                .putLong(next)
                .toBytes();
    }

    long value() {
        return value;
    }

    @Override
    public byte[] apply(byte[] command, Circumstances circumstances) {
        ByteReader in = new ByteReader(command);
        switch (in.getByte()) {
            case GET -> {
                in.end();
                return bytes(value);
            }
            case ADD -> {
                long sum = value + in.getLong();
                in.end();
                value = sum;
                return bytes(sum);
            }
            case COMPARE_AND_SET -> {
                boolean equal = in.getLong() == value;
                long next = in.getLong();
                in.end();
                if (equal) {
                    value = next;
                }
                return new byte[] {(byte) (equal ? 1 : 0)};
            }
            default -> throw new MalformedCommandException("not a call of a counter");
        }
    }

    @Override
    public long digest() {
        return value;
    }

    @Override
    public StateSnapshot snapshot() {
        return StateSnapshot.of(bytes(value));
    }

    @Override
    public void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        value = in.getLong();
        in.end();
    }

    private static byte[] bytes(long number) {
        return new ByteWriter(Long.BYTES).putLong(number).toBytes();
    }
}
