package io.vsring.benchmarks.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptsTest {

    private static final Run REDIS = run("locks", "--in-flight", "100", "--peer", "redis");

    @TempDir
    private Path folder;

    @Test
    void eachPeerIsCalledAsItsScriptWantsIt() {
        assertThat(Scripts.command(run("throughput", "--senders", "1", "--size", "64", "--peer", "corosync_aes")))
                .containsExactly(
                        "corosync/run.sh --size 64 --rt no --mtu 1500 --crypto aes256 --senders 1 --warm 2 --secs 4"
                                .split(" "));
        assertThat(Scripts.command(run("latency", "--in-flight", "1", "--peer", "corosync_rr")))
                .contains("--rt", "yes", "--mode", "lat");
        assertThat(Scripts.command(REDIS)).startsWith("redis/run.sh", "--plan", "lock:100:3");
        assertThat(Scripts.command(run("counter", "--in-flight", "1", "--peer", "hazelcast_cp")))
                .contains("--cp", "1", "ctr:1:3");
    }

    @Test
    void whatTheMembersSayIsAddedUp() throws Exception {
        script("echo noise; for each in 1 2 3; do echo '{\"ops_per_s\":10.5,\"p50_us\":'$each'}'; done");

        assertThat(new Scripts(folder).run(REDIS))
                .isEqualTo("{\"peer\":\"redis\",\"locks_per_s\":31.5,\"p50_us\":3.0}");
    }

    @Test
    void aScriptThatSaysNothingIsNamed() throws Exception {
        script("exit 3");

        assertThatIllegalStateException()
                .isThrownBy(() -> new Scripts(folder).run(REDIS))
                .withMessageContaining("redis/run.sh")
                .withMessageContaining("exit code 3");
    }

    @Test
    void aPeerThatHasNotBeenSetUpIsNotThere() throws Exception {
        assertThat(new Scripts(Path.of("")).isThere(REDIS)).isFalse();
        assertThat(new Scripts(folder).isThere(REDIS)).isFalse();

        Files.createDirectories(folder.resolve("lib/redis/jars"));

        assertThat(new Scripts(folder).isThere(REDIS)).isTrue();
    }

    private void script(String text) throws IOException {
        Files.createDirectories(folder.resolve("redis"));
        Files.writeString(folder.resolve("redis/run.sh"), text + "\n");
    }

    private static Run run(String... words) {
        return new Run(Net.ETHERNET, List.of(words));
    }
}
