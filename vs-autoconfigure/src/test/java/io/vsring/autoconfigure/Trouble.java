package io.vsring.autoconfigure;

/**
 * A problem, as it is on the page of them.
 *
 * @param title what a person would look for who has it
 * @param how how it comes about, in one line of Markdown
 * @param text what was printed
 */
public record Trouble(String title, String how, String text) {}
