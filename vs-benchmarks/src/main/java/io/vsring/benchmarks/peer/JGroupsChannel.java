package io.vsring.benchmarks.peer;

import io.vsring.ring.RingStatistics;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jspecify.annotations.Nullable;

/**
 * Messages of JGroups, in the order of {@code SEQUENCER}. A message carries its number in its first eight bytes; a
 * number of nought says that nothing more comes.
 */
public final class JGroupsChannel implements MessageChannel {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long END = 0;

    private final int size;
    private final int member;
    private final JChannel channel;
    private volatile @Nullable Sender sender;

    private JGroupsChannel(JChannel channel, int member, int size) {
        this.channel = channel;
        this.member = member;
        this.size = size;
    }

    /**
     * Joins the others.
     *
     * @param size bytes of a message, at least 16
     */
    public static JGroupsChannel open(Peer peer, Place place, int size, Listener listener) {
        if (size < 2 * Long.BYTES) {
            throw new IllegalArgumentException("--size must be at least 16 for " + peer.word() + ", not " + size);
        }
        ProtocolStackConfigurator stack = JGroupsStack.of(peer, place);
        JGroupsStack.ordered(stack);
        JChannel channel = JGroupsStack.channel(stack, "m" + place.member());
        JGroupsChannel opened = new JGroupsChannel(channel, place.member(), size);
        channel.setReceiver(opened.receiver(listener));
        JGroupsStack.join(channel);
        return opened;
    }

    private Receiver receiver(Listener listener) {
        return new Receiver() {
            @Override
            public void receive(Message message) {
                byte[] bytes = message.getArray();
                int offset = message.getOffset();
                long number = (long) LONG.get(bytes, offset);
                long from = (long) LONG.get(bytes, offset + Long.BYTES);
                if (number == END) {
                    listener.end();
                    return;
                }
                listener.message(from, number);
                Sender own = sender;
                if (from == member && own != null) {
                    own.delivered(number);
                }
            }

            @Override
            public void viewAccepted(View view) {
                List<?> members = view.getMembers();
                listener.configuration(String.valueOf(view.getViewId()).replace(' ', '_'), false, members.size());
            }
        };
    }

    @Override
    public boolean offer(long number, Sender told) {
        sender = told;
        byte[] bytes = new byte[size]; // the channel keeps it until all have it
        LONG.set(bytes, 0, number);
        LONG.set(bytes, Long.BYTES, (long) member);
        send(bytes);
        return true;
    }

    @Override
    public boolean end() {
        send(new byte[2 * Long.BYTES]);
        return true;
    }

    private void send(byte[] bytes) {
        try {
            channel.send(new BytesMessage(null, bytes));
        } catch (Exception e) {
            throw new IllegalStateException("JGroups takes no message", e);
        }
    }

    @Override
    public String view() {
        return String.valueOf(channel.getView());
    }

    @Override
    public @Nullable RingStatistics statistics() {
        return null;
    }

    @Override
    public void close() {
        channel.close();
    }
}
