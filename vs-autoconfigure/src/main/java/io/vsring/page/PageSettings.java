package io.vsring.page;

/**
 * How the page is served.
 *
 * @param path where; begins with a slash and does not end with one
 * @param showsEntries whether keys and values of maps are shown, and not only how many there are
 */
public record PageSettings(String path, boolean showsEntries) {}
