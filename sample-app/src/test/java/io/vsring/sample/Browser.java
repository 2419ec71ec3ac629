package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WIDTH = 1240;
    private static final int HEIGHT = 900;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no browser, unless somebody has said that there must be one. */
    static void assumeThereIsOne() {
        boolean isThere = program("chromium") != null && program("chromedriver") != null;
        if (System.getenv("VS_BROWSER_REQUIRED") != null) {
            assertThat(isThere)
                    .as("VS_BROWSER_REQUIRED is set, so chromium and chromedriver must be in the PATH")
                    .isTrue();
        }
        Assumptions.assumeTrue(
                isThere,
                "no chromium and chromedriver in the PATH: the page is not tested in a browser"
                        + " (apt-get install chromium chromium-driver)");
    }

    private static @Nullable Path program(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    static Browser open() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--window-size=" + WIDTH + "," + HEIGHT);
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // it will not run as root with one
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    void show(String url) {
        driver.get(url);
    }

    /** As on a screen of this width, in pixels. */
    void width(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** As for somebody who prefers this, such as {@code prefers-color-scheme} dark. */
    void prefer(String feature, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** What the script in the page returns, which is of this type. */
    <T> T ask(Class<T> type, String script, Object... arguments) {
        return type.cast(driver.executeScript(script, arguments));
    }

    /** As {@link #ask}, of a script that returns texts. */
    List<String> askForTexts(String script) {
        return ((List<?>) driver.executeScript(script))
                .stream().map(String.class::cast).toList();
    }

    /** As {@link #ask}, of a script that calls its last argument with a number when it is done. */
    long askLater(String script) {
        return (long) driver.executeAsyncScript(script);
    }

    /** All that is to be read at this place; in one step, since the page changes while one looks. */
    String text(String selector) {
        return ask(
                String.class,
                "return [...document.querySelectorAll(arguments[0])].map(each => each.textContent).join('\\n')",
                selector);
    }

    void type(String selector, String text) {
        WebElement field = one(selector);
        field.clear();
        field.sendKeys(text);
    }

    void press(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Waits until this is true of the page. */
    void awaitThat(String script) {
        await(script).atMost(PATIENCE).until(() -> ask(Boolean.class, "return " + script));
    }

    /** What the page has complained of since the last time. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Keeps what is to be seen, all of its height. */
    void picture(Path file, int width) {
        width(width, HEIGHT);
        Long height = ask(Long.class, "return document.documentElement.scrollHeight");
        width(width, height.intValue());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
