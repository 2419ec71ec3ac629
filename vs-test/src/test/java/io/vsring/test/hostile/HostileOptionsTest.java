package io.vsring.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileOptionsTest {

    @TempDir
    Path folder;

    private String app;

    @BeforeEach
    void jar() throws IOException {
        app = Files.createFile(folder.resolve("app.jar")).toString();
    }

    @Test
    void withoutOthersItIsTheWholeOfIt() {
        HostileOptions options = HostileOptions.parse(new String[] {"--app", app});

        assertThat(options.parts()).containsExactly("attack", "markers", "replay");
        assertThat(options.attack())
                .isEqualTo(new HostileOptions.Attack(Duration.ofSeconds(60), 1, Duration.ofSeconds(20), 5_000, 70));
        assertThat(options.replay().captured()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aCaptureNeedsTheSecretOfItsRing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostileOptions.parse(new String[] {"--app", app, "--capture", app}))
                .withMessageContaining("--capture and --secret go together");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostileOptions.parse(new String[] {}))
                .withMessageContaining("--app is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostileOptions.parse(new String[] {"--app", app, "--parts", "attack,tea"}))
                .withMessageContaining("--parts are of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostileOptions.parse(new String[] {"--app", app, "--rate", "0"}))
                .withMessageContaining("--rate is at least 1");
    }
}
