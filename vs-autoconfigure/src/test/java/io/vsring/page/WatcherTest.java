package io.vsring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatcherTest {

    private static final byte[] HISTORY = "history ".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext context = mock(AsyncContext.class);
    private final Line line = new Line();
    private final AtomicInteger ended = new AtomicInteger();
    private final Watcher watcher = new Watcher(context, line, gone -> ended.incrementAndGet(), 0);

    /** A browser that takes what it is told to take. */
    private static final class Line extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int takes; // so many calls
        private boolean broken;

        @Override
        public boolean isReady() {
            return takes > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take();
            taken.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            take();
        }

        private void take() throws IOException {
            assertThat(takes--).as("a write that would wait").isPositive();
            if (broken) {
                throw new IOException("gone");
            }
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        }
    }

    private long show(String snapshot, long nowNanos) {
        return watcher.show(new Sampler.Sample(HISTORY, (snapshot + " ").getBytes(StandardCharsets.UTF_8)), nowNanos);
    }

    @Test
    void nothingIsWrittenBeforeTheServerSaysSo() {
        line.takes = 100;

        show("a", 1);

        assertThat(line.text()).isEmpty();
        watcher.onWritePossible();
        assertThat(line.text()).isEqualTo("retry: 2000 history a ");
    }

    @Test
    void theHistoryIsToldAgainOnlyIfItIsAnother() {
        line.takes = 100;
        watcher.onWritePossible();

        show("a", 1);
        show("b", 2);

        assertThat(line.text()).isEqualTo("retry: 2000 history a b ");
    }

    @Test
    void whoReadsSlowlyMissesWhatCameInBetween() {
        line.takes = 1;
        watcher.onWritePossible();
        show("a", 1);
        show("b", 2);
        show("c", 3);

        line.takes = 100;
        watcher.onWritePossible();

        assertThat(line.text()).isEqualTo("retry: 2000 history c ");
    }

    @Test
    void itIsKnownForHowLongNothingHasBeenTaken() {
        line.takes = 100;
        watcher.onWritePossible();
        assertThat(show("a", 100)).isZero();

        line.takes = 0;
        assertThat(show("b", 200)).isZero();
        assertThat(show("c", 1300)).isEqualTo(1100);
        line.takes = 100;
        watcher.onWritePossible();

        assertThat(show("d", 9000)).isZero();
    }

    @Test
    void whoIsGoneIsEndedOnce() {
        line.takes = 100;
        watcher.onWritePossible();
        line.broken = true;

        show("a", 1);
        show("b", 2);
        watcher.end();

        assertThat(ended).hasValue(1);
        verify(context, times(1)).complete();
    }
}
