/**
 * JSON text of the ledger's records: RFC 8785 order and escaping, strings, whole numbers up to 2^53
 * - 1, booleans, lists and objects.
 *
 * <p>Not a general JSON library: no fractions, no null, and a text that is not in canonical form is
 * refused, so that one record has exactly one text.
 */
@NullMarked
package org.sillok.ledger.json;

import org.jspecify.annotations.NullMarked;
