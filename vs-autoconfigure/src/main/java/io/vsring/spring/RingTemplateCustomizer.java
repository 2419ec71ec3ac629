package io.vsring.spring;

/** A bean of this type has a say in what the {@link RingTemplate} does where nothing is said. */
@FunctionalInterface
public interface RingTemplateCustomizer {

    /** These settings, or others in their place. Called when the template is made, one after another in bean order. */
    TemplateSettings customize(TemplateSettings settings);
}
