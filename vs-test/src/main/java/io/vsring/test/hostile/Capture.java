package io.vsring.test.hostile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of captured datagrams, in the order in which they were heard: of each the numbers of sender and receiver, one
 * byte each, its length in two, and its bytes.
 */
final class Capture {

    private static final int BUFFER_BYTES = 1 << 20;

    private Capture() {}

    /** Writes one, up to so many bytes; what comes after is counted and not kept. One thread. */
    static final class Writer implements Closeable {

        private static final int RECORD_BYTES = 4;

        private final DataOutputStream out;
        private final long bytesMax;
        private long bytes;
        private long datagrams;
        private long left;

        Writer(Path file, long bytesMax) throws IOException {
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
            this.bytesMax = bytesMax;
        }

        void add(Captured heard) {
            int length = heard.bytes().length;
            if (bytes + RECORD_BYTES + length > bytesMax) {
                left++;
                return;
            }
            try {
                out.writeByte(heard.from());
                out.writeByte(heard.to());
                out.writeShort(length);
                out.write(heard.bytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the capture", e);
            }
            bytes += RECORD_BYTES + length;
            datagrams++;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public String toString() {
            return datagrams + " datagrams in " + bytes + " bytes"
                    + (left == 0 ? "" : ", " + left + " more had no room in the file");
        }
    }

    /** Reads one. One thread. */
    static final class Reader implements Closeable {

        private final DataInputStream in;

        Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        }

        /** The next, or null behind the last. One that the end of the file cuts off is none. */
        @Nullable
        Captured next() throws IOException {
            int from = in.read();
            if (from < 0) {
                return null;
            }
            try {
                int to = in.readUnsignedByte();
                byte[] bytes = new byte[in.readUnsignedShort()];
                in.readFully(bytes);
                return new Captured(from, to, bytes);
            } catch (EOFException cut) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
