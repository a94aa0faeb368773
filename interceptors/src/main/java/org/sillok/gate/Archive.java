package org.sillok.gate;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * What the server holds, undecided: nothing of it goes to another hospital before {@link Release}.
 * Thread-safe. Resources come as a read by the server's own staff returns them.
 */
public interface Archive {

  /** Empty if it never was, or is deleted. */
  Optional<Resource> current(String type, String id);

  /** Empty if there is no such version, or it is a deletion. */
  Optional<Resource> version(String type, String id, long version);

  /**
   * Versions of one resource, newest first.
   *
   * @param offset of the first, counting deletions
   */
  Slice history(String type, String id, int offset, int limit);

  /**
   * Those of one type that meet all criteria, in the order of {@code sort}.
   *
   * @param sort parameters, with a minus for descending, by commas
   * @throws UnreadableValueException if a value cannot be read, whatever the database holds
   */
  Slice search(String type, List<Parameter> criteria, String sort, int offset, int limit);

  /**
   * What these resources lead to.
   *
   * @param ids of resources of the type, at least one
   */
  List<Resource> included(String type, List<String> ids, List<Include> includes);

  /**
   * A part of a list.
   *
   * @param resources those at its places; a place may hold none
   * @param more whether there are places behind it
   */
  record Slice(List<Optional<Resource>> resources, boolean more) {

    public static final Slice NONE = new Slice(List.of(), false);

    public Slice {
      resources = List.copyOf(resources);
    }
  }
}
