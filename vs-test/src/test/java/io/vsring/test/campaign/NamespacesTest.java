package io.vsring.test.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespacesTest {

    @TempDir
    private Path folder;

    private void install(String... programs) throws IOException {
        for (String program : programs) {
            Files.createFile(
                    folder.resolve(program),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
    }

    @Test
    void whatIsMissingIsSaidWithTheWayToGetIt() throws IOException {
        install("ip", "tc", "nsenter", "unshare");

        assertThat(Namespaces.missing(1000, List.of(folder)))
                .containsExactly(
                        "root: network namespaces are made by root only; start it with sudo",
                        "the program nft: apt-get install nftables");
    }

    @Test
    void nothingIsMissingForRootWithAllPrograms() throws IOException {
        install("ip", "tc", "nft", "nsenter", "unshare");

        assertThat(Namespaces.missing(0, List.of(folder.resolve("nowhere"), folder)))
                .isEmpty();
    }

    @Test
    void addressesAreGivenInsideOfNamespacesOnly() {
        List<String> commands = Namespaces.commands(3).stream()
                .map(words -> String.join(" ", words))
                .toList();

        assertThat(commands)
                .allMatch(command -> command.startsWith("ip -n vsring-") || command.startsWith("ip netns add vsring-"))
                .contains("ip -n vsring-m3 addr add 10.77.46.3/24 dev eth0");
    }
}
