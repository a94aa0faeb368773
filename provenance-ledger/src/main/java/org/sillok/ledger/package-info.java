/**
 * What the hospitals share: who is a member, which tree heads are accepted, which consents stand.
 * The interface {@link org.sillok.ledger.Ledger} with its three registries, the values that they
 * take and give, and the named rules by which they refuse.
 *
 * <p>It holds no resource, no person's name or identifier, nothing that can be guessed and tested
 * against a hash. How a ledger keeps its state is the business of the implementations; whether a
 * consent permits a request is decided elsewhere.
 */
@NullMarked
package org.sillok.ledger;

import org.jspecify.annotations.NullMarked;
