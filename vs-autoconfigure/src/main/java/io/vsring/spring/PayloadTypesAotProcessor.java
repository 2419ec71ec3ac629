package io.vsring.spring;

import io.vsring.replicated.ReplicatedMap;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.util.ClassUtils;

/**
 * Tells a native image which classes are read from bytes and written to them: the payloads of listeners, the keys and
 * values of maps, the events of all members. That the methods are called it knows from their annotations.
 */
final class PayloadTypesAotProcessor implements BeanRegistrationAotProcessor {

    /** What the application's own can convert is seen when it starts. */
    private static final GenericConversionService ANYTHING = new GenericConversionService() {
        @Override
        public boolean canConvert(@Nullable TypeDescriptor from, TypeDescriptor to) {
            return true;
        }
    };

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Set<Type> types = new LinkedHashSet<>();
        addPayloads(bean.getBeanClass(), types);
        ResolvableType declared = bean.getBeanType();
        if (ReplicatedMap.class.isAssignableFrom(declared.toClass())) {
            for (ResolvableType generic : declared.as(ReplicatedMap.class).getGenerics()) {
                addWithPermitted(generic.getType(), types);
            }
        }
        if (bean.getBeanClass() == ClusterEvents.class) {
            addEvents(bean, types);
        }
        return types.isEmpty()
                ? null
                : (generation, code) -> new BindingReflectionHintsRegistrar()
                        .registerReflectionHints(generation.getRuntimeHints().reflection(), types.toArray(Type[]::new));
    }

    private static void addPayloads(Class<?> beanClass, Set<Type> types) {
        if (!RingListenerBeanPostProcessor.hasListenerMethods(beanClass)) {
            return;
        }
        for (Method method : RingListenerBeanPostProcessor.messageMethods(beanClass)) {
            Type payload =
                    HandlerSignature.ofDelivery(beanClass, method, ANYTHING).payload();
            if (payload != null) {
                addWithPermitted(payload, types);
            }
        }
    }

    private static void addEvents(RegisteredBean bean, Set<Type> types) {
        for (ValueHolder argument :
                bean.getMergedBeanDefinition().getConstructorArgumentValues().getGenericArgumentValues()) {
            addAll(argument.getValue(), types);
        }
        for (ValueHolder argument : bean.getMergedBeanDefinition()
                .getConstructorArgumentValues()
                .getIndexedArgumentValues()
                .values()) {
            addAll(argument.getValue(), types);
        }
    }

    private static void addAll(@Nullable Object argument, Set<Type> types) {
        if (argument instanceof Collection<?> several) {
            several.forEach(each -> addAll(each, types));
        } else if (argument instanceof String name) {
            addWithPermitted(ClassUtils.resolveClassName(name, null), types);
        }
    }

    private static void addWithPermitted(Type type, Set<Type> types) {
        if (types.add(type) && type instanceof Class<?> known && known.isSealed()) {
            for (Class<?> permitted : known.getPermittedSubclasses()) {
                addWithPermitted(permitted, types);
            }
        }
    }
}
