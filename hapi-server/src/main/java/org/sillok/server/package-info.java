/**
 * A minimal HAPI FHIR JPA R4 server, the smallest that a hospital can run Sillok in. It does what
 * the stock starter does with its default settings and reads the same {@code hapi.fhir.*} names;
 * whatever makes it Sillok comes from the plugin on its class path, never from here.
 */
@NullMarked
package org.sillok.server;

import org.jspecify.annotations.NullMarked;
