package io.vsring.transport;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * For tests, and <b>not API</b>: it is here since the tests of all modules and the processes that they start can load
 * it from here. A process in which Netty finds a buffer that nobody gave back says so, and ends at once. A log that
 * nobody reads would not fail a build, nor would an exception on whatever thread happens to find the leak. It looks
 * once more when the process ends.
 *
 * <pre>{@code
 * java -Dio.netty.leakDetection.level=paranoid \
 *     -Dio.netty.customResourceLeakDetector=io.vsring.transport.LeakAlarm ...
 * }</pre>
 *
 * @param <T> what may leak
 */
public final class LeakAlarm<T> extends ResourceLeakDetector<T> {

    /** What the process ends with. */
    public static final int EXIT_CODE = 77;

    private static final int LAST_LOOKS = 5;
    private static final long BETWEEN_LOOKS_MILLIS = 10;

    /** Netty calls this one, by its name. */
    public LeakAlarm(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        Runtime.getRuntime().addShutdownHook(new Thread(this::lookOnceMore, "leak-alarm"));
    }

    /** Netty looks for this one first, and complains if it is not there. */
    public LeakAlarm(Class<?> resourceType, int samplingInterval, long unused) {
        this(resourceType, samplingInterval);
    }

    @Override
    protected boolean needReport() {
        return true; // whatever is logged
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        end("LEAK: " + resourceType + " was not released before it was collected." + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        end("LEAK: " + resourceType + " was not released before it was collected; nobody knows where it was made");
    }

    /** Leaks are found when the next resource is made, and of the last ones there is no next. */
    private void lookOnceMore() {
        try {
            for (int look = 0; look < LAST_LOOKS; look++) {
                System.gc();
                Thread.sleep(BETWEEN_LOOKS_MILLIS); // until the collector has told what it found
                probe();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private void probe() {
        T resource = (T) new Object(); // of no type that anybody looks at
        ResourceLeakTracker<T> tracker = track(resource);
        if (tracker != null) {
            tracker.close(resource);
        }
    }

    /** Neither loggers nor streams that somebody has redirected can keep it. */
    private static void end(String why) {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.err)) {
            out.write((why + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException unheard) {
            // the exit code tells it
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
