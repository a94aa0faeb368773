package org.sillok.capture;

/**
 * Content that a read returns otherwise than it was encoded for storage. The commitment is to what
 * reads return, so such content takes another round before it is committed to: attachments that the
 * storage engine keeps beside the resource come back with a read, and narratives with comments or
 * other markup declarations change once more when HAPI parses what it wrote.
 */
public interface ReadContent {

  /** Whether {@code json} holds any such content; quick, and true rather once too often. */
  boolean isReferredTo(String json);

  /**
   * The JSON that a read of this version returns; may read from the database, so it is called right
   * before the commit only.
   */
  String inflate(String json);
}
