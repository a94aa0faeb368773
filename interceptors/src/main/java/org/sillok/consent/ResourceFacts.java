package org.sillok.consent;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the decision needs of one resource version, read in one walk by {@link FactsReader}.
 * Immutable.
 *
 * @param type the resource type
 * @param reference {@code Observation/7}
 * @param version its version id; null if it has none
 * @param date when it was clinically relevant, by the table in §1.6; null if it does not tell
 */
public record ResourceFacts(
    String type,
    String reference,
    @Nullable String version,
    Persons persons,
    Labels labels,
    Content content,
    Links links,
    @Nullable DateSpan date) {

  /**
   * The patients that it names, §1.7.
   *
   * @param patients {@code Patient/7}, or whatever stands there of a patient elsewhere
   * @param described patients named by identifiers only, each by one or more
   * @param suspected persons named by an identifier only who may be patients
   */
  public record Persons(
      Set<String> patients, Set<Set<BusinessId>> described, Set<BusinessId> suspected) {
    public Persons {
      patients = Set.copyOf(patients);
      described = Set.copyOf(described);
      suspected = Set.copyOf(suspected);
    }
  }

  /**
   * @param confidentiality the highest that it carries; null if it carries none
   * @param sensitivities labels that a permit by label has to list, §1.6
   * @param handling obligations and refrains that go with the data, §1.8
   */
  public record Labels(
      @Nullable Confidentiality confidentiality, Set<Code> sensitivities, Set<Code> handling) {
    public Labels {
      sensitivities = Set.copyOf(sensitivities);
      handling = Set.copyOf(handling);
    }
  }

  /**
   * @param profiles canonical URLs that it claims, as they stand
   * @param codes every Coding in it
   * @param contentTypes MIME types, in lower case, without parameters
   * @param documents formats, types and categories of a document
   */
  public record Content(
      Set<String> profiles, Set<Code> codes, Set<String> contentTypes, Set<Code> documents) {
    public Content {
      profiles = Set.copyOf(profiles);
      codes = Set.copyOf(codes);
      contentTypes = Set.copyOf(contentTypes);
      documents = Set.copyOf(documents);
    }
  }

  /**
   * @param references everything that it refers to, without versions
   * @param authors its authors, performers and recorders
   * @param authorIds those of them that are named by identifier
   */
  public record Links(Set<String> references, Set<String> authors, Set<BusinessId> authorIds) {
    public Links {
      references = Set.copyOf(references);
      authors = Set.copyOf(authors);
      authorIds = Set.copyOf(authorIds);
    }
  }
}
