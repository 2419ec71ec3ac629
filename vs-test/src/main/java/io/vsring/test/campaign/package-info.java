/**
 * Injures real processes under load and judges what their clients were answered: three sample applications, clients
 * over HTTP, {@code kill -9}, {@code SIGSTOP} and restarts.
 *
 * <p>Begin with {@link io.vsring.test.campaign.Campaign}. Knows the sample application by its HTTP interface only.
 */
@NullMarked
package io.vsring.test.campaign;

import org.jspecify.annotations.NullMarked;
