package io.vsring.test.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path folder;

    private final Script script = new Script(MapEntryModel.object("a \"map\"", "käse\n\\"));

    @Test
    void aFailedRunCanBeJudgedAgain() throws IOException {
        script.does(1, MapEntryModel.put("x\ty"), null)
                .does(1, MapEntryModel.get(), "x\ty")
                .calls(2, MapEntryModel.remove())
                .calls(3, MapEntryModel.replace("a", ""))
                .calls(4, MapEntryModel.put("b"))
                .returnsSomething(2)
                .hearsNothing(3)
                .isRefused(4);
        Path file = folder.resolve("history.jsonl");

        HistoryFile.write(file, script.history());

        assertThat(HistoryFile.read(file)).isEqualTo(script.history());
        assertThat(Files.readAllLines(file)).hasSize(5);
    }

    @Test
    void aLineLooksAsItIsWrittenDown() throws IOException {
        Path file = folder.resolve("history.jsonl");
        script.on(CounterModel.object("visits")).does(7, CounterModel.add(5), 5);

        HistoryFile.write(file, script.history());

        assertThat(Files.readString(file)).isEqualTo("""
                {"client":7,"kind":"counter","object":"visits","call":"add","arguments":["5"],"called":1,\
                "end":"returned","answer":["5"],"returned":2}
                """);
    }

    @Test
    void aFileThatBreaksOffIsNotJudged() throws IOException {
        Path file = folder.resolve("history.jsonl");
        script.does(1, MapEntryModel.put("a"), null).does(1, MapEntryModel.get(), "a");
        HistoryFile.write(file, script.history());
        String text = Files.readString(file);

        for (String wrong :
                List.of(text.substring(0, text.length() - 20), text.replace("\"end\"", "\"and\""), text + "\n")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> HistoryFile.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("line ")
                    .hasMessageContaining("history.jsonl");
        }
    }
}
