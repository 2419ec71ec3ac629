package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessViewTest {

    @TempDir
    private Path folder;

    @Test
    void theStateStandsBehindTheNameWhateverIsInTheName() throws IOException {
        Files.writeString(folder.resolve("stat"), "4711 (java (R) x) T 1 4711 4711 0 -1\n");

        assertThat(new ProcessView(folder).state()).isEqualTo('T');
    }

    @Test
    void datagramsForWhichThereWasNoRoomAreCountedByTheNamespace() throws IOException {
        Files.createDirectories(folder.resolve("net"));
        Files.writeString(folder.resolve("net/snmp"), """
                Tcp: RtoAlgorithm RtoMin
                Tcp: 1 200
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                Udp: 65042 12 51 61293 51 0
                UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                UdpLite: 0 0 0 0 7 0
                """);

        assertThat(new ProcessView(folder).receiveBufferErrors()).isEqualTo(51);
    }

    @Test
    void memoryThreadsAndDescriptorsAreCounted() throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmRSS:\t  214048 kB\nThreads:\t37\n");
        Files.createDirectories(folder.resolve("fd"));
        Files.createFile(folder.resolve("fd/0"));
        Files.createFile(folder.resolve("fd/1"));

        assertThat(new ProcessView(folder).resources()).isEqualTo(new ProcessView.Resources(214_048, 37, 2));
    }

    @Test
    void ofAProcessThatIsGoneThereIsNothing() {
        ProcessView gone = new ProcessView(folder.resolve("4711"));

        assertThat(gone.pid()).isEqualTo(4711);
        assertThat(gone.state()).isEqualTo('-');
        assertThat(gone.receiveBufferErrors()).isZero();
        assertThat(gone.resources()).isEqualTo(new ProcessView.Resources(0, 0, 0));
    }
}
