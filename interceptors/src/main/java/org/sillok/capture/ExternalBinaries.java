package org.sillok.capture;

/**
 * Attachments that the storage engine keeps beside the resource: a read brings them back, so the
 * commitment is to the resource with them.
 */
public interface ExternalBinaries {

  /** Whether {@code json} refers to any. */
  boolean isReferredTo(String json);

  /**
   * The JSON that a read of this version returns; may read from the database, so it is called right
   * before the commit only.
   */
  String inflate(String json);
}
