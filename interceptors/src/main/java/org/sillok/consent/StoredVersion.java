package org.sillok.consent;

import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;

/**
 * One version of a consent in the custodian's database.
 *
 * @param reference {@code Consent/7/_history/2}
 * @param rules null if the content is lost or cannot be parsed
 * @param deleted whether this version is a deletion
 * @param commitment of the stored content, computed anew; null if it cannot be
 * @param authentic whether the provenance log vouches for the version
 */
public record StoredVersion(
    String reference,
    @Nullable ConsentRules rules,
    boolean deleted,
    @Nullable Hash commitment,
    boolean authentic) {}
