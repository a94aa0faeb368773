/**
 * Puts Sillok into a HAPI JPA server: Spring auto-configuration under {@code sillok.*}, the schema,
 * the registration of interceptors, the background work, and what is served beside FHIR. It decides
 * nothing about provenance itself; the modules that it wires do.
 */
@NullMarked
package org.sillok.plugin;

import org.jspecify.annotations.NullMarked;
