package org.sillok.consent;

/**
 * A part of a Consent that the engine cannot honour as it may have been meant. It fails closed;
 * this says so.
 *
 * @param path of the element, such as {@code Consent.provision.provision[1].actor[0].role}
 * @param lacking in words, for whoever stored it
 */
public record Limitation(String path, String lacking) {}
