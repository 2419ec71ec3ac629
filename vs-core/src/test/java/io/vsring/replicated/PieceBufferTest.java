package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PieceBufferTest {

    @Test
    void piecesComeOutAsTheyWentInWhereverTheyWereCut() {
        SplittableRandom random = new SplittableRandom(3);
        List<byte[]> pieces = new ArrayList<>();
        ByteWriter out = new ByteWriter(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] piece = new byte[i % 50 == 0 ? random.nextInt(40_000) : random.nextInt(300)];
            random.nextBytes(piece);
            pieces.add(piece);
            out.putBytes(piece);
        }
        byte[] all = out.toBytes();

        PieceBuffer buffer = new PieceBuffer();
        List<byte[]> found = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + 1 + random.nextInt(20_000));
            buffer.add(Arrays.copyOfRange(all, at, end));
            at = end;
            for (byte[] piece = buffer.next(); piece != null; piece = buffer.next()) {
                found.add(piece);
            }
        }

        assertThat(buffer.isEmpty()).isTrue();
        assertThat(found).hasSameSizeAs(pieces);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isEqualTo(pieces.get(i));
        }
    }

    @Test
    void bytesWithoutALengthAreRefused() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xff);
        PieceBuffer buffer = new PieceBuffer();
        buffer.add(endless);

        assertThatThrownBy(buffer::next).isInstanceOf(MalformedCommandException.class);
    }
}
