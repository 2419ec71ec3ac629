package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of one datagram of each kind. They change with the wire version only; {@code -Dgolden.rewrite} writes the
 * files anew.
 */
class GoldenDatagramsTest {

    private static final String FOLDER = "golden/";
    private static final Path SOURCES = Path.of("src/test/resources/io/vsring/wire", FOLDER);

    static Stream<Map.Entry<String, Datagram>> golden() {
        return Samples.golden().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void areWrittenAsTheFilesSay(Map.Entry<String, Datagram> golden) throws IOException {
        byte[] bytes = Samples.encode(Samples.codec(), golden.getValue());
        if (System.getProperty("golden.rewrite") != null) {
            Files.writeString(SOURCES.resolve(golden.getKey() + ".hex"), text(golden.getValue(), bytes));
        }

        assertThat(text(golden.getValue(), bytes)).isEqualTo(file(golden.getKey()));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void areReadAsTheyWereMeant(Map.Entry<String, Datagram> golden) throws Exception {
        Datagram read = Samples.decode(Samples.codec(), bytes(file(golden.getKey())));

        assertThat(Samples.describe(read)).isEqualTo(Samples.describe(golden.getValue()));
    }

    @Test
    void thereIsOneOfEachKind() {
        assertThat(golden().map(golden -> golden.getValue().getClass()).collect(Collectors.toSet()))
                .hasSize(6);
    }

    private static String file(String name) throws IOException {
        if (System.getProperty("golden.rewrite") != null) {
            return Files.readString(SOURCES.resolve(name + ".hex"));
        }
        try (InputStream file = GoldenDatagramsTest.class.getResourceAsStream(FOLDER + name + ".hex")) {
            assertThat(file).as("golden file " + name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(Datagram datagram, byte[] bytes) {
        StringBuilder text = new StringBuilder("# ").append(datagram).append('\n');
        for (int at = 0; at < bytes.length; at += 16) {
            int end = Math.min(at + 16, bytes.length);
            text.append(HexFormat.ofDelimiter(" ").formatHex(bytes, at, end)).append('\n');
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        String digits = text.lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining())
                .replace(" ", "");
        return HexFormat.of().parseHex(digits);
    }
}
