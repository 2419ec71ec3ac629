package io.vsring.autoconfigure.inner;

import io.vsring.spring.ClusterEvent;

/** An event in a package of a package. */
@ClusterEvent("nested")
public record Nested(String text) {}
