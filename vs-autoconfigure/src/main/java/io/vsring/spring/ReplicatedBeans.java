package io.vsring.spring;

import io.vsring.Guarantee;
import io.vsring.replicated.MapLimits;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * Registers replicated objects as beans, with the generics that injection looks for. For registrars that know what
 * there is to be before any bean is made.
 */
public final class ReplicatedBeans {

    private final BeanRegistry registry;

    /** Of this registry. */
    public ReplicatedBeans(BeanRegistry registry) {
        this.registry = registry;
    }

    /** A map, under its own name; {@link MapLimits#NONE} says nothing about limits, which others may set. */
    public <K, V> void addMap(String name, Class<K> key, Class<V> value, Guarantee guarantee, MapLimits limits) {
        ParameterizedTypeReference<ReplicatedMap<K, V>> type =
                ParameterizedTypeReference.forType(ResolvableType.forClassWithGenerics(ReplicatedMap.class, key, value)
                        .getType());
        registry.registerBean(
                name,
                type,
                bean -> bean.supplier(context -> {
                    ObjectCodecs codecs = context.bean(ObjectCodecs.class);
                    ReplicatedMap<K, V> map = context.bean(ReplicatedObjects.class)
                            .map(name, codecs.ofKeys(ResolvableType.forClass(key)), codecs.of(value), guarantee);
                    return limits.equals(MapLimits.NONE) ? map : map.withLimits(limits);
                }));
    }

    /** A counter, under its own name. */
    public void addCounter(String name, Guarantee guarantee) {
        registry.registerBean(
                name,
                ReplicatedCounter.class,
                bean -> bean.supplier(
                        context -> context.bean(ReplicatedObjects.class).counter(name, guarantee)));
    }
}
