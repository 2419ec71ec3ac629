package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, started with the beans that were worked out when it was built. */
class ProcessedApplicationIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.first(1);

    @Test
    void startsAndIsAMemberAsEver(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        Process application = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dspring.aot.enabled=true",
                        "-jar",
                        System.getProperty("sample.jar"),
                        "--members=1",
                        "--server.port=" + port,
                        "--vs.cluster-name=processed",
                        "--vs.transport.port=0",
                        "--vs.discovery.seeds=",
                        "--logging.level.org.springframework.boot.SpringApplication=info",
                        "--spring.main.log-startup-info=true"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> !application.isAlive() || answers());
            assertThat(application.isAlive()).as(Files.readString(log)).isTrue();

            assertThat(send("POST", "/messages?group=greetings&guarantee=safe", "hello"))
                    .isEqualTo(200);
            assertThat(send("PUT", "/maps/stock/apples", "12")).isEqualTo(200);
            await().until(() -> get("/messages").contains("hello"));
            assertThat(get("/maps/stock/apples")).contains("12");
            assertThat(get("/actuator/ring")).contains("\"cluster\":\"processed\"");
            assertThat(get("/actuator/sbom/application")).contains("pkg:maven/io.vsring/vs-spring-boot-starter@");
            assertThat(Files.readString(log)).contains("AOT-processed");
        } finally {
            application.destroy();
            assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean answers() {
        try {
            return get("/actuator/health").contains("UP");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), BodyHandlers.ofString()).body();
    }

    private int send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(
                        request(path)
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
