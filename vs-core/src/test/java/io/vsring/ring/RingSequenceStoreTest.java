package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
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
        first.close();

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
        FileRingSequenceStore second = reopened(store);
        long before = second.initial();
        Files.writeString(directory.resolve(file().getFileName() + ".new"), "vs-ring-sequ");

        FileRingSequenceStore after = reopened(second);

        assertThat(after.initial()).isEqualTo(before);
        after.persist(before + 1);
        assertThat(reopened(after).initial()).isGreaterThan(before);
        assertThat(names()).containsExactly(file().getFileName().toString());
    }

    @Test
    void aCrashAfterTheNewFileIsWrittenAndBeforeItIsRenamedLosesNothingThatWasPromised() throws IOException {
        FileRingSequenceStore store = open();
        store.persist(100);
        FileRingSequenceStore second = reopened(store);
        long promised = second.initial();
        Path fresh = directory.resolve(file().getFileName() + ".new");
        Files.copy(file(), fresh);

        assertThat(reopened(second).initial()).isEqualTo(promised);
    }

    @Test
    void aBrokenFileIsNamedAndNotTakenForNothing() throws IOException {
        FileRingSequenceStore store = open();
        store.persist(100);
        store.close();
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
    void twoMembersThatAreGivenOneStateDirectoryAndSlotAreNotPromisedTheSameSequences() {
        FileRingSequenceStore first = open();
        first.persist(10_000);

        assertThatThrownBy(this::open)
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.ring.state-dir")
                .hasMessageContaining("another member");
        first.persist(50_000);
        assertThat(reopened(first).initial()).isGreaterThanOrEqualTo(50_000);
    }

    @Test
    void aMemberThatHasEndedLetsTheNextOneHaveItsStateDirectory() {
        RingOptions options =
                RingOptions.builder().memberId(1).stateDirectory(directory).build();

        for (int start = 0; start < 3; start++) {
            Ring ring = options.open(new RecordingHandler());
            assertThatThrownBy(() -> options.open(new RecordingHandler()))
                    .isInstanceOf(RingStartException.class)
                    .hasMessageContaining("vs.ring.state-dir");
            ring.close();
        }
    }

    @Test
    void aNumberThatNoRingSequenceCanHaveIsNamedAndNotCountedOnFrom() throws IOException {
        for (String number : List.of("4611686018427387904", "9223372036854775808")) {
            CRC32C checksum = new CRC32C();
            checksum.update(number.getBytes(StandardCharsets.ISO_8859_1));
            Files.writeString(
                    file(),
                    String.format("vs-ring-sequence 1\nreserved %s\ncrc32c %08x\n", number, checksum.getValue()));

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

        assertThatThrownBy(() -> FileRingSequenceStore.open(occupied, "vs", 1))
                .isInstanceOf(RingStartException.class)
                .hasMessageContaining("vs.ring.state-dir");
    }

    @Test
    void clustersAndSlotsHaveFilesOfTheirOwn() {
        FileRingSequenceStore.open(directory, "a/b", 1).persist(1);
        FileRingSequenceStore.open(directory, "a_2fb", 1).persist(1);
        FileRingSequenceStore.open(directory, "a/b", -1).persist(1);

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
        return FileRingSequenceStore.open(directory, "vs", 1);
    }

    private FileRingSequenceStore reopened(FileRingSequenceStore store) {
        store.close();
        return open();
    }

    private Path file() {
        return directory.resolve("vs-vs-1.ring-sequence");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
