package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class TraceFileNameTest {

    @Test
    void membersOfOneJvmThatAreGivenOneTraceFileWriteOneEach() {
        StandardEnvironment environment = environment("traces/run.jsonl");

        TraceFileName.giveOwn(environment, "-2");

        assertThat(environment.getProperty("vs.trace.file")).isEqualTo("traces/run-2.jsonl");
    }

    @Test
    void aMemberThatIsAloneInItsJvmWritesTheFileThatWasAskedFor() {
        StandardEnvironment environment = environment("run.jsonl");

        TraceFileName.giveOwn(environment, "");

        assertThat(environment.getProperty("vs.trace.file")).isEqualTo("run.jsonl");
    }

    @Test
    void onlyADotInTheFilesOwnNameBeginsAnExtension() {
        assertThat(TraceFileName.withSuffix("run", "-1")).isEqualTo("run-1");
        assertThat(TraceFileName.withSuffix("/tmp/a.b/run", "-1")).isEqualTo("/tmp/a.b/run-1");
        assertThat(TraceFileName.withSuffix("/tmp/.trace", "-1")).isEqualTo("/tmp/.trace-1");
    }

    private static StandardEnvironment environment(String file) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("vs.trace.file", file)));
        return environment;
    }
}
