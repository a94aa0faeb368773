package org.sillok.consent;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells references to this server's resources, {@code Type/id}, from all others. */
record LocalReference(Set<String> ownBases) {

  private static final String HISTORY = "/_history/";
  private static final Pattern URL = Pattern.compile("https?://.+/([A-Z][A-Za-z]+)/[^/?#]+");

  /** Without the base, if it is one of this server's. */
  String strip(String url) {
    for (String base : ownBases) {
      if (url.startsWith(base) && url.startsWith("/", base.length())) {
        return url.substring(base.length() + 1);
      }
    }
    return url;
  }

  static String withoutVersion(String reference) {
    int history = reference.indexOf(HISTORY);
    return history < 0 ? reference : reference.substring(0, history);
  }

  static @Nullable String versionOf(String reference) {
    int history = reference.indexOf(HISTORY);
    return history < 0 ? null : reference.substring(history + HISTORY.length());
  }

  /** The type in {@code Type/id}; null for any other form. */
  static @Nullable String typeOf(String reference) {
    int slash = reference.indexOf('/');
    return slash > 0
            && slash < reference.length() - 1
            && reference.indexOf('/', slash + 1) < 0
            && reference.indexOf(':') < 0
            && reference.indexOf('?') < 0
            && Character.isUpperCase(reference.charAt(0))
        ? reference.substring(0, slash)
        : null;
  }

  /** The type in {@code https://…/Type/id}; null for any other form. */
  static @Nullable String typeOfUrl(String reference) {
    Matcher url = URL.matcher(reference);
    return url.matches() ? url.group(1) : null;
  }
}
