/**
 * FHIR {@code Provenance} resources that the server writes about its own writes: who did what to
 * which resource versions, one for each original request, agent and activity, signed.
 *
 * <p>Decides what is to be said and keeps it out of users' ways. It does not read the log, does not
 * store anything and has no schedule: the plugin does. The proof that nothing was changed is the
 * log, not these resources.
 */
@NullMarked
package org.sillok.attribution;

import org.jspecify.annotations.NullMarked;
