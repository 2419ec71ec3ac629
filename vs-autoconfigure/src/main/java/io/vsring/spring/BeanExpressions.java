package io.vsring.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/** Placeholders and SpEL in the attributes of annotations. */
record BeanExpressions(ConfigurableBeanFactory beans) {

    /** What it says; empty if that is nothing. */
    String text(String expression) {
        Object value = expression.isEmpty() ? "" : resolve(expression);
        return value == null ? "" : value.toString();
    }

    /** All that it says: an expression may give several. */
    List<String> texts(String expression) {
        List<String> texts = new ArrayList<>();
        addAll(texts, resolve(expression));
        return texts;
    }

    private static void addAll(List<String> texts, @Nullable Object resolved) {
        if (resolved instanceof Object[] several) {
            Arrays.asList(several).forEach(each -> addAll(texts, each));
        } else if (resolved instanceof Collection<?> several) {
            several.forEach(each -> addAll(texts, each));
        } else {
            texts.add(resolved == null ? "" : resolved.toString());
        }
    }

    private @Nullable Object resolve(String expression) {
        String value = beans.resolveEmbeddedValue(expression);
        BeanExpressionResolver resolver = beans.getBeanExpressionResolver();
        return resolver == null ? value : resolver.evaluate(value, new BeanExpressionContext(beans, null));
    }
}
