package org.sillok.identity;

import java.util.Set;

/**
 * The hospital's own staff or system. Consents do not bind it.
 *
 * @param roles empty if it has none that Sillok knows
 */
public record LocalCaller(String subject, Set<Role> roles) implements Caller {

  private static final int LONGEST = 255;

  public LocalCaller {
    if (subject.isBlank() || subject.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a subject has 1 to " + LONGEST + " characters, got " + subject.length());
    }
    roles = Set.copyOf(roles);
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
