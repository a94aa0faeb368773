package org.sillok.consent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One instance of equal values. Consents are written with the same few forms, so that most of what
 * thousands of them say is the same. Forgets everything when it holds too much. Thread-safe.
 */
final class Shared {

  private static final int MOST = 50_000;

  private final Map<Object, Object> values = new ConcurrentHashMap<>();

  /** An equal one that was seen before, or this one. */
  @SuppressWarnings("unchecked")
  <T> T of(T value) {
    if (values.size() > MOST) {
      values.clear();
    }
    Object known = values.putIfAbsent(value, value);
    return known == null ? value : (T) known;
  }
}
