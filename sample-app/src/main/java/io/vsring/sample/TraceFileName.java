package io.vsring.sample;

import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The file of one member's trace: members that share a JVM share its properties, but each writes a file of its own. */
final class TraceFileName {

    private static final String PROPERTY = "vs.trace.file";

    private TraceFileName() {}

    /** Puts the suffix before the file's extension, if there is a trace at all. */
    static void giveOwn(ConfigurableEnvironment environment, String suffix) {
        String asked = environment.getProperty(PROPERTY, "");
        if (!asked.isEmpty() && !suffix.isEmpty()) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("own-trace-file", Map.of(PROPERTY, withSuffix(asked, suffix))));
        }
    }

    static String withSuffix(String file, String suffix) {
        int dot = file.lastIndexOf('.');
        int end = dot > Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1 ? dot : file.length();
        return file.substring(0, end) + suffix + file.substring(end);
    }
}
