package io.vsring.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * Finds {@link OnDeliver} and {@link OnConfigurationChange} methods and makes listeners of them.
 *
 * <p>Signatures are checked as soon as a bean is made, so that a wrong one fails the start; groups and ids may refer to
 * other beans and are therefore resolved when all singletons are there.
 */
public final class RingListenerBeanPostProcessor implements BeanPostProcessor, SmartInitializingSingleton {

    private final ConfigurableBeanFactory beans;
    private final Supplier<RingListenerRegistry> registry;
    private final Set<Class<?>> withoutMethods = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable List<Runnable> postponed = new ArrayList<>();

    /**
     * Looks at all beans of the factory.
     *
     * @param registry is asked for only when all singletons are there; throws {@link NoSuchBeanDefinitionException} if
     *     the ring is not that of this factory
     */
    public RingListenerBeanPostProcessor(ConfigurableBeanFactory beans, Supplier<RingListenerRegistry> registry) {
        this.beans = beans;
        this.registry = registry;
    }

    /** Whether the class has methods that are called by a ring. */
    public static boolean hasListenerMethods(Class<?> type) {
        return AnnotationUtils.isCandidateClass(type, List.of(OnDeliver.class, OnConfigurationChange.class))
                && !(select(type, OnDeliver.class).isEmpty()
                        && select(type, OnConfigurationChange.class).isEmpty());
    }

    /** The methods of the class that are called for messages. */
    static Set<Method> messageMethods(Class<?> type) {
        return select(type, OnDeliver.class).keySet();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ScopedProxyFactoryBean) {
            whenSingletonsAreThere(() -> beans.getBean(beanName)); // which nobody else may ask for
            return bean;
        }
        // The target of a scoped proxy comes and goes; its proxy stays, and is the listener.
        boolean isInfrastructure = bean instanceof AopInfrastructureBean && !(bean instanceof ScopedObject);
        if (isInfrastructure || ScopedProxyUtils.isScopedTarget(beanName)) {
            return bean;
        }
        Class<?> type = AopUtils.getTargetClass(bean);
        if (withoutMethods.contains(type)) {
            return bean;
        }
        if (!hasListenerMethods(type)) {
            withoutMethods.add(type);
            return bean;
        }
        if (!beans.containsBean(beanName) || !beans.isSingleton(beanName)) {
            throw new InvalidListenerMethodException(
                    "bean '" + beanName + "' of " + type + " has @OnDeliver or @OnConfigurationChange methods and is no"
                            + " singleton: the ring calls such methods from the start of the application to its end."
                            + " Give the bean that scope, or move the methods to one that has it");
        }
        List<Function<RingListenerRegistry, FoundMethod>> found = new ArrayList<>();
        select(type, OnDeliver.class)
                .forEach((method, all) ->
                        all.forEach(annotation -> found.add(found(bean, beanName, method, annotation))));
        select(type, OnConfigurationChange.class)
                .forEach((method, all) ->
                        all.forEach(annotation -> found.add(found(bean, beanName, method, annotation))));
        whenSingletonsAreThere(() -> {
            RingListenerRegistry listeners = registryFor(type);
            listeners.add(found.stream().map(each -> each.apply(listeners)).toList());
        });
        return bean;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<Runnable> now;
        lock.lock();
        try {
            now = postponed == null ? List.of() : postponed;
            postponed = null;
        } finally {
            lock.unlock();
        }
        now.forEach(Runnable::run);
    }

    private Function<RingListenerRegistry, FoundMethod> found(
            Object bean, String beanName, Method method, OnDeliver annotation) {
        HandlerSignature signature =
                checked(beanName, () -> HandlerSignature.ofDelivery(AopUtils.getTargetClass(bean), method, texts()));
        Method invocable = checked(beanName, () -> invocable(bean, method));
        return listeners -> {
            ListenerMethodFactory methods = new ListenerMethodFactory(beans, listeners);
            return new FoundMethod(
                    methods.id(beanName, annotation.id()),
                    methods.forMessages(bean, invocable, signature, annotation),
                    methods.autoStartup(method, annotation.autoStartup()));
        };
    }

    private Function<RingListenerRegistry, FoundMethod> found(
            Object bean, String beanName, Method method, OnConfigurationChange annotation) {
        HandlerSignature signature = checked(beanName, () -> HandlerSignature.ofConfigurationChange(method));
        Method invocable = checked(beanName, () -> invocable(bean, method));
        return listeners -> {
            ListenerMethodFactory methods = new ListenerMethodFactory(beans, listeners);
            return new FoundMethod(
                    methods.id(beanName, annotation.id()),
                    methods.forConfigurations(bean, invocable, signature, annotation),
                    methods.autoStartup(method, annotation.autoStartup()));
        };
    }

    /** What turns headers into the types of parameters. */
    private ConversionService texts() {
        ConversionService own = beans.getConversionService();
        return own == null ? DefaultConversionService.getSharedInstance() : own;
    }

    private RingListenerRegistry registryFor(Class<?> type) {
        try {
            return registry.get();
        } catch (NoSuchBeanDefinitionException e) {
            throw new InvalidListenerMethodException(
                    "the @OnDeliver and @OnConfigurationChange methods of " + type.getName() + " cannot be called: the"
                            + " ring belongs to a parent of this application context, and would go on"
                            + " calling them after"
                            + " this one has been closed. Move them to a bean of the parent",
                    e);
        }
    }

    private void whenSingletonsAreThere(Runnable registration) {
        lock.lock();
        try {
            if (postponed != null) {
                postponed.add(registration);
                return;
            }
        } finally {
            lock.unlock();
        }
        registration.run();
    }

    private static Method invocable(Object bean, Method method) {
        if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
            throw new InvalidListenerMethodException("method " + HandlerSignature.describe(method)
                    + " cannot be called through the proxy of its bean, which is a subclass: it must not be final, or"
                    + " it would run on the proxy, whose fields are empty");
        }
        try {
            return AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException e) {
            throw new InvalidListenerMethodException(
                    "method " + HandlerSignature.describe(method) + " cannot be called through the proxy of its bean: "
                            + e.getMessage() + " It must be in an interface of the bean, or the proxy must be of the"
                            + " class (proxyTargetClass=true) and the method not private",
                    e);
        }
    }

    private static <T> T checked(String beanName, Supplier<T> step) {
        try {
            return step.get();
        } catch (InvalidListenerMethodException e) {
            throw new BeanCreationException(beanName, String.valueOf(e.getMessage()), e);
        }
    }

    /** In an order that is the same in every JVM. */
    private static <A extends Annotation> Map<Method, List<A>> select(Class<?> type, Class<A> annotation) {
        Map<Method, List<A>> sorted = new TreeMap<>(Comparator.comparing(Method::toGenericString));
        sorted.putAll(MethodIntrospector.selectMethods(
                type, (MethodIntrospector.MetadataLookup<List<A>>) method -> closest(method, annotation)));
        return sorted;
    }

    /** All annotations of the method, or else of the closest one that it overrides; null if there are none. */
    private static <A extends Annotation> @Nullable List<A> closest(Method method, Class<A> annotation) {
        List<MergedAnnotation<A>> all =
                MergedAnnotations.from(method, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY).stream(annotation)
                        .toList();
        int closest =
                all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElse(-1);
        return all.isEmpty()
                ? null
                : all.stream()
                        .filter(each -> each.getAggregateIndex() == closest)
                        .map(MergedAnnotation::synthesize)
                        .toList();
    }
}
