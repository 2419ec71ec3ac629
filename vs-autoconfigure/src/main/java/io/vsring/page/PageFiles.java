package io.vsring.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.util.DigestUtils;
import org.springframework.web.context.request.ServletWebRequest;

/** The files of the page, in memory. Any thread. */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml");
    private static final List<String> NAMES = List.of(
            "index.html",
            "page.css",
            "ring.svg",
            "start.js",
            "page.js",
            "dom.js",
            "names.js",
            "picture.js",
            "plots.js",
            "tables.js",
            "timeline.js");

    private final Map<String, File> files = new TreeMap<>();

    PageFiles() {
        for (String name : NAMES) {
            files.put(name, File.read(name));
        }
    }

    private record File(String type, byte[] content, String tag) {

        static File read(String name) {
            try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), name)) {
                byte[] content = in.readAllBytes();
                String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
                return new File(type, content, '"' + DigestUtils.md5DigestAsHex(content) + '"');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Serves the file of this name, if there is one. */
    boolean serve(String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        File file = files.get(name);
        if (file == null) {
            return false;
        }
        response.setHeader("Cache-Control", "no-cache"); // that is: ask each time whether it is still this one
        if (!new ServletWebRequest(request, response).checkNotModified(file.tag)) {
            response.setContentType(file.type);
            response.setContentLength(file.content.length);
            response.getOutputStream().write(file.content);
        }
        return true;
    }
}
