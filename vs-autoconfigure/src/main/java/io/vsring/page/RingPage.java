package io.vsring.page;

import io.vsring.actuate.RingDescription;
import io.vsring.replicated.ReplicatedObjects;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Serves the page and its stream of events under one path, and nothing else. Whoever may look at it is the
 * application's matter.
 *
 * <p>Ends all streams before the web server counts the requests that it waits for when it shuts down.
 *
 * @since 0.1
 */
public final class RingPage implements HttpRequestHandler, SmartLifecycle {

    /** Before the application's own routes, of which one may be for any path. */
    private static final int ORDER = -2;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final PageSettings settings;
    private final PageFiles files = new PageFiles();
    private final Watchers watchers;

    /** Of the member behind these objects; the reports are to be told by its ring. */
    public RingPage(
            PageSettings settings, RingDescription description, MemberReports reports, ReplicatedObjects objects) {
        this.settings = settings;
        this.watchers = new Watchers(new Sampler(settings, description, reports, objects, InstantSource.system()));
    }

    /** Leads requests for the path, and those below it, to this page. */
    public SimpleUrlHandlerMapping mapping() {
        return new SimpleUrlHandlerMapping(Map.of(settings.path(), this, settings.path() + "/**", this), ORDER);
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HEADERS.forEach(response::setHeader);
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        String name = name(request);
        if (name.equals("events")) {
            events(request, response);
        } else if (name.isEmpty()) {
            // The page asks for its files beside itself.
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader(
                    "Location", settings.path().substring(settings.path().lastIndexOf('/') + 1) + "/");
        } else if (!files.serve(name.equals("/") ? "index.html" : name, request, response)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** What is asked for below the path; a slash for the page itself, and nothing if even that is missing. */
    private String name(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String below = path.substring(Math.min(
                path.length(), path.indexOf(settings.path()) + settings.path().length()));
        return below.length() > 1 ? below.substring(1) : below;
    }

    private void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!watchers.admit(request, response)) {
            response.setHeader("Retry-After", "5");
            response.sendError(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "the member stops, or " + Watchers.WATCHERS_MAX + " others watch it already");
        }
    }

    @Override
    public void start() {
        watchers.open();
    }

    @Override
    public void stop() {
        watchers.close();
    }

    @Override
    public boolean isRunning() {
        return watchers.isOpen();
    }

    /** That of the web server's graceful shutdown is lower, so it comes after. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
