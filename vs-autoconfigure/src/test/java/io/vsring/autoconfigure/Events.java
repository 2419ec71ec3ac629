package io.vsring.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a browser does. */
final class Events implements AutoCloseable {

    private static final int LOOKS_MAX = 80; // twenty seconds

    private final BufferedReader lines;
    private JsonNode history = JsonMapper.shared().missingNode();

    Events(InputStream stream) {
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** The next snapshot that is like this. */
    JsonNode await(Predicate<JsonNode> wanted) throws IOException {
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            JsonNode snapshot = next();
            if (wanted.test(snapshot)) {
                return snapshot;
            }
        }
        throw new IOException("none of " + LOOKS_MAX + " snapshots is like this");
    }

    private JsonNode next() throws IOException {
        String event = "";
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                JsonNode data = JsonMapper.shared().readTree(line.substring("data: ".length()));
                if (event.equals("snapshot")) {
                    return data;
                }
                history = data;
            }
        }
    }

    /** The history that was told last. */
    JsonNode history() {
        return history;
    }

    /** Reads what is still to come; whether that ends in peace. */
    boolean ends() {
        return lines.lines().count() >= 0; // throws what breaks it off
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
