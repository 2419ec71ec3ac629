package io.vsring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class WatchersTest {

    private final Watchers watchers = new Watchers(mock(Sampler.class, RETURNS_DEEP_STUBS));

    @AfterEach
    void close() {
        watchers.close();
    }

    @Test
    void noMoreAreAdmittedThanMayWatchUntilOneOfThemGoes() throws IOException {
        watchers.open();
        AsyncContext first = admit();
        for (int number = 1; number < Watchers.WATCHERS_MAX; number++) {
            AsyncContext unused = admit();
        }

        assertThat(watchers.admit(request(mock(AsyncContext.class)), response()))
                .isFalse();
        assertThat(watchers.size()).isEqualTo(Watchers.WATCHERS_MAX);

        ArgumentCaptor<Watcher> watcher = ArgumentCaptor.forClass(Watcher.class);
        verify(first).addListener(watcher.capture());
        watcher.getValue().end();

        AsyncContext unused = admit();
        assertThat(watchers.size()).isEqualTo(Watchers.WATCHERS_MAX);
    }

    private AsyncContext admit() throws IOException {
        AsyncContext context = mock(AsyncContext.class);
        assertThat(watchers.admit(request(context), response())).isTrue();
        return context;
    }

    private static HttpServletRequest request(AsyncContext context) {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.startAsync()).thenReturn(context);
        return request;
    }

    private static HttpServletResponse response() {
        return mock(HttpServletResponse.class, RETURNS_DEEP_STUBS);
    }
}
