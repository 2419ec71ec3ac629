package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingSequenceStoreTest {

    @TempDir
    Path directory;

    @Test
    void beginsAtNothingAndGoesOnAboveAllThatWasUsed() {
        FileRingSequenceStore first = open();
        assertThat(first.initial()).isZero();
        first.persist(1);
        first.persist(5000);

        FileRingSequenceStore second = open();

        assertThat(second.initial()).isGreaterThanOrEqualTo(5000);
    }

    @Test
    void writesOnceForABlock() throws IOException {
        FileRingSequenceStore store = open();
        store.persist(1);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file(), longAgo);

        for (int sequence = 2; sequence <= 1 + FileRingSequenceStore.BLOCK; sequence++) {
            store.persist(sequence);
        }
        assertThat(Files.getLastModifiedTime(file())).isEqualTo(longAgo);

        store.persist(2 + FileRingSequenceStore.BLOCK);
        assertThat(Files.getLastModifiedTime(file())).isNotEqualTo(longAgo);
    }

    @Test
    void aCrashWhileTheNewFileIsWrittenLeavesTheOldOne() throws IOException {
        FileRingSequenceStore store = open();
        store.persist(100);
        long before = open().initial();
        Files.writeString(directory.resolve(file().getFileName() + ".new"), "vs-ring-sequ");

        FileRingSequenceStore after = open();

        assertThat(after.initial()).isEqualTo(before);
        after.persist(before + 1);
        assertThat(open().initial()).isGreaterThan(before);
        assertThat(names()).containsExactly(file().getFileName().toString());
    }

    @Test
    void aCrashAfterTheNewFileIsWrittenAndBeforeItIsRenamedLosesNothingThatWasPromised() throws IOException {
        FileRingSequenceStore store = open();
        store.persist(100);
        long promised = open().initial();
        Path fresh = directory.resolve(file().getFileName() + ".new");
        Files.copy(file(), fresh);

        assertThat(open().initial()).isEqualTo(promised);
    }

    @Test
    void aBrokenFileIsNamedAndNotTakenForNothing() throws IOException {
        open().persist(100);
        String content = Files.readString(file());
        for (String broken : List.of("", content.substring(0, content.length() - 3), content.replace('4', '5'))) {
            Files.writeString(file(), broken);

            assertThatThrownBy(this::open)
                    .isInstanceOf(RingStartException.class)
                    .hasMessageContaining(file().toString())
                    .hasMessageContaining("delete it");
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path occupied = directory.resolve("occupied");
        Files.writeString(occupied, "a file");

        assertThatThrownBy(() -> new FileRingSequenceStore(occupied, "vs", 1))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.ring.state-dir");
    }

    @Test
    void clustersAndSlotsHaveFilesOfTheirOwn() {
        new FileRingSequenceStore(directory, "a/b", 1).persist(1);
        new FileRingSequenceStore(directory, "a_2fb", 1).persist(1);
        new FileRingSequenceStore(directory, "a/b", -1).persist(1);

        assertThat(names())
                .containsExactly(
                        "vs-a_2fb-1.ring-sequence", "vs-a_2fb-4294967295.ring-sequence", "vs-a_5f2fb-1.ring-sequence");
    }

    @Test
    void theClockGrowsOverRestarts() {
        long early = new ClockRingSequenceStore(1_800_000_000_000L).initial();
        long late = new ClockRingSequenceStore(1_800_000_000_010L).initial();

        assertThat(late - early).isEqualTo(2560);
        assertThat(early).isPositive();
        assertThat(new ClockRingSequenceStore(0).initial()).isZero();
    }

    private FileRingSequenceStore open() {
        return new FileRingSequenceStore(directory, "vs", 1);
    }

    private Path file() {
        return directory.resolve("vs-vs-1.ring-sequence");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
