package org.sillok.identity;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a token may be used for at most, in the syntax of SMART App Launch 2.2 §3.0.2 for systems:
 * {@code system/Observation.rs system/Condition.r}. Consents take away from it.
 *
 * <p>Scopes for users and patients, those of SMART 1 ({@code .read}), and any with search
 * parameters have no form here: a restriction that cannot be honoured must not be accepted.
 *
 * @param granted at least one
 */
public record Scopes(Set<Scope> granted) {

  private static final int LONGEST = 4096;
  private static final Pattern SCOPE =
      Pattern.compile("system/(\\*|[A-Z][A-Za-z]{1,63})\\.(c?r?u?d?s?)");

  /** In the order of their letters in a scope. */
  public enum Interaction {
    CREATE("c"),
    READ("r"),
    UPDATE("u"),
    DELETE("d"),
    SEARCH("s");

    private final String letter;

    Interaction(String letter) {
      this.letter = letter;
    }
  }

  /**
   * @param type a resource type or {@code *} for all
   * @param interactions at least one
   */
  public record Scope(String type, Set<Interaction> interactions) {

    public Scope {
      interactions = Set.copyOf(interactions);
      if (interactions.isEmpty()) {
        throw new IllegalArgumentException("a scope allows at least one interaction");
      }
    }

    private static Scope parse(String text) {
      Matcher parts = SCOPE.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "a scope is system/<type or *>.<some of cruds, in this order> and nothing more");
      }
      Set<Interaction> interactions = EnumSet.noneOf(Interaction.class);
      for (Interaction each : Interaction.values()) {
        if (parts.group(2).contains(each.letter)) {
          interactions.add(each);
        }
      }
      return new Scope(parts.group(1), interactions);
    }

    private boolean covers(String wanted) {
      return type.equals("*") || type.equals(wanted);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("system/").append(type).append('.');
      for (Interaction each : Interaction.values()) {
        text.append(interactions.contains(each) ? each.letter : "");
      }
      return text.toString();
    }
  }

  public Scopes {
    granted = Set.copyOf(granted);
    if (granted.isEmpty()) {
      throw new IllegalArgumentException("at least one scope");
    }
  }

  /**
   * @param text separated by single spaces, RFC 6749 §3.3
   * @throws IllegalArgumentException if there is none, or one that has no form here
   */
  public static Scopes parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("scopes: at most " + LONGEST + " characters");
    }
    Set<Scope> scopes = new LinkedHashSet<>();
    for (String each : text.split(" ", -1)) {
      scopes.add(Scope.parse(each));
    }
    return new Scopes(scopes);
  }

  /**
   * @param resourceType {@code Observation}
   */
  public boolean allow(String resourceType, Interaction interaction) {
    return granted.stream()
        .anyMatch(
            scope -> scope.covers(resourceType) && scope.interactions().contains(interaction));
  }

  /** Sorted, as RFC 6749 §3.3 writes them. */
  @Override
  public String toString() {
    return granted.stream().map(Scope::toString).sorted().collect(Collectors.joining(" "));
  }
}
