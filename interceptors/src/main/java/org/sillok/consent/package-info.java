/**
 * Decides whether a resource may be shown to another hospital: a pure function of the patients'
 * consents, the request and the resource. {@code docs/consent.md} is its specification; section
 * numbers in this package are that document's.
 *
 * <p>The way through it: {@link org.sillok.consent.RulesReader} turns a FHIR R4 Consent into {@link
 * org.sillok.consent.ConsentRules} once, when it is stored, and says what it cannot honour. {@link
 * org.sillok.consent.PatientPolicy} is compiled from the consents of one patient for one {@link
 * org.sillok.consent.AccessRequest}; what depends on the request only is decided then. {@link
 * org.sillok.consent.FactsReader} reads a resource in one walk into {@link
 * org.sillok.consent.ResourceFacts}. {@link org.sillok.consent.AccessDecider} decides facts by
 * policies.
 *
 * <p>It does no I/O, has no clock, reads no database and no ledger, and does not know HTTP: all of
 * that comes in as values. It does not check tokens, does not narrow searches, and does not write
 * the trail. What it cannot tell never permits, and never makes a deny go away.
 */
@NullMarked
package org.sillok.consent;

import org.jspecify.annotations.NullMarked;
