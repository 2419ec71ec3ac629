package io.vsring.spring;

import io.vsring.Delivery;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.expression.spel.support.StandardTypeLocator;

/** A SpEL expression over a {@link DeliveredMessage}, which may name beans. Any thread. */
final class MessageExpression {

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private final Expression expression;
    private final StandardEvaluationContext context;

    /** @throws ParseException if it is none */
    MessageExpression(String text, ConfigurableBeanFactory beans) {
        this.expression = PARSER.parseExpression(text);
        this.context = new StandardEvaluationContext();
        context.setBeanResolver(new BeanFactoryResolver(beans));
        context.setTypeLocator(new StandardTypeLocator(beans.getBeanClassLoader()));
    }

    /** What the expression is for this message. */
    <T> @Nullable T value(@Nullable Object payload, Delivery delivery, Class<T> type) {
        return expression.getValue(context, DeliveredMessage.of(payload, delivery), type);
    }
}
