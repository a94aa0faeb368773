/**
 * What is committed to for a resource version: the canonical form {@code sillok-c14n-v1} of its
 * FHIR JSON, and the keyed hash over it.
 *
 * <p>Pure computation over text that a caller provides. It does not know FHIR's structure
 * definitions, does not validate resources, and reads no database, network or clock.
 */
@NullMarked
package org.sillok.canonical;

import org.jspecify.annotations.NullMarked;
