package io.vsring.test.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Files of seeds among the resources: one for each line, behind {@code #} for people only. */
final class SeedFile {
    private SeedFile() {}

    static List<String> lines(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(SeedFile.class.getResourceAsStream("/" + name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
