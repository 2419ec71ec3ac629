package io.vsring.spring;

import io.vsring.Delivery;
import java.lang.reflect.Type;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.SmartValidator;

/**
 * Reads the payload of a method's parameter, and judges it where that was asked for.
 *
 * @param type what it is read as
 * @param codec reads it
 * @param validator judges it; null if nobody does
 * @param groups the validation groups, or nothing for the default one
 */
record PayloadReader(
        Type type, PayloadCodec codec, @Nullable SmartValidator validator, Object[] groups) {

    /**
     * Reads it.
     *
     * @throws RuntimeException if the bytes are not such a payload
     */
    Object read(Delivery delivery) {
        return codec.decode(delivery.toByteArray(), type);
    }

    /** @throws InvalidPayloadException naming what is wrong, not what was there */
    void check(Object payload) {
        if (validator == null) {
            return;
        }
        Errors errors = new BeanPropertyBindingResult(payload, "payload");
        validator.validate(payload, errors, groups);
        if (errors.hasErrors()) {
            String wrong = errors.getAllErrors().stream()
                    .map(error -> (error instanceof FieldError field ? field.getField() + " " : "")
                            + error.getDefaultMessage())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new InvalidPayloadException("the payload is not valid: " + wrong, errors);
        }
    }
}
