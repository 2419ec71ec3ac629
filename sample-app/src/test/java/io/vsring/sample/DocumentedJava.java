package io.vsring.sample;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A block of Java in a document, as something that can be compiled. A block that names its package, or imports
 * something, is a file as it is. Any other one has common imports, and is what it can be read as: types, members of a
 * class that extends {@link Example}, or statements in a method of such a class. What one block of a document declares
 * the others know.
 */
final class DocumentedJava extends SimpleJavaFileObject {

    private static final String IMPORTS = Stream.of(
                            "java.nio.file",
                            "java.time",
                            "java.util",
                            "java.util.concurrent",
                            "java.util.concurrent.locks",
                            "io.vsring",
                            "io.vsring.autoconfigure",
                            "io.vsring.replicated",
                            "io.vsring.ring",
                            "io.vsring.sample.Example",
                            "io.vsring.spring",
                            "io.vsring.test.linearizability",
                            "io.vsring.test.simulation",
                            "jakarta.annotation",
                            "org.springframework.context",
                            "org.springframework.context.annotation",
                            "org.springframework.context.event",
                            "org.springframework.messaging",
                            "org.springframework.messaging.handler.annotation",
                            "org.springframework.scheduling.annotation",
                            "org.springframework.stereotype",
                            "org.springframework.validation.annotation")
                    .map(name -> " import " + name + ".*;")
                    .collect(Collectors.joining())
            + " import io.vsring.sample.Example; import org.springframework.context.event.EventListener;"
            + " import static java.nio.charset.StandardCharsets.UTF_8;"
            + " import static org.assertj.core.api.Assertions.assertThat;";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final CodeBlock block;
    private final String source;

    private DocumentedJava(CodeBlock block, String before, String after) {
        super(URI.create("block:///" + block.document() + "/" + block.line() + ".java"), Kind.SOURCE);
        this.block = block;
        this.source =
                before + block.text() + after; // before it is one line at most, so that lines are those of the block
    }

    /** What is wrong with these, each with document and line; empty if they all compile. */
    static List<String> errors(List<CodeBlock> blocks, Path classes) {
        if (blocks.isEmpty()) {
            return List.of();
        }
        List<DocumentedJava> sources = blocks.stream().map(DocumentedJava::of).toList();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "17",
                "-parameters",
                "-proc:none",
                "-Xlint:none",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        COMPILER.getTask(null, null, found, options, null, sources).call();
        return texts(found);
    }

    private static DocumentedJava of(CodeBlock block) {
        if (block.text().lines().anyMatch(line -> line.startsWith("package ") || line.startsWith("import "))) {
            return new DocumentedJava(block, "", "");
        }
        String start = "package documented;" + IMPORTS;
        String members = start + " abstract class Block" + block.line() + " extends Example { ";
        List<DocumentedJava> readings = List.of(
                new DocumentedJava(block, start + " ", ""),
                new DocumentedJava(block, members, "}"),
                new DocumentedJava(block, members + "void run() throws Exception { ", "}}"));
        // If it is none of these, the one that could be read the farthest tells best what is wrong.
        return readings.stream()
                .max(Comparator.comparingLong(DocumentedJava::readUpTo))
                .orElseThrow();
    }

    /** The line of the first mistake in its syntax. */
    private long readUpTo() {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task = (JavacTask)
                COMPILER.getTask(null, null, found, List.of("--release", "17", "-proc:none"), null, List.of(this));
        try {
            task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return errors(found).mapToLong(Diagnostic::getPosition).min().orElse(Long.MAX_VALUE);
    }

    private static Stream<Diagnostic<? extends JavaFileObject>> errors(DiagnosticCollector<JavaFileObject> found) {
        return found.getDiagnostics().stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR);
    }

    private static List<String> texts(DiagnosticCollector<JavaFileObject> found) {
        List<String> texts = new ArrayList<>();
        errors(found).forEach(each -> {
            String where = each.getSource() instanceof DocumentedJava java ? java.block.at(each.getLineNumber()) : "?";
            texts.add(where + ": " + each.getMessage(Locale.ROOT));
        });
        return texts;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
    }

    /** A public type may stand in any block. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE;
    }
}
