package org.sillok.gate;

import java.util.ArrayList;
import java.util.List;

/** What a request of another hospital is. There are no others. */
sealed interface Shape {

  /**
   * It is not one that another hospital may make, whatever there is in the database.
   *
   * @param reason one sentence for who asks
   */
  record Refused(String reason) implements Shape {}

  /** May be carried out; what it finds is decided then. */
  sealed interface Admitted extends Shape {}

  /** One that gives its results page by page, and can be asked again for what follows. */
  sealed interface Paged extends Admitted {

    String type();

    int count();

    /** The request in one form, below the server's base URL. */
    String target();
  }

  /**
   * Read, or vread.
   *
   * @param version 0 for the current one
   */
  record Read(String type, String id, long version) implements Admitted {

    String reference() {
      return type + "/" + id;
    }
  }

  /**
   * {@code $verify} or {@code $evidence} of a version.
   *
   * @param content whether evidence is to have the content in it
   */
  record Proof(Read of, boolean evidence, boolean content) implements Admitted {}

  /** Of one instance. */
  record History(String type, String id, int count) implements Paged {

    @Override
    public String target() {
      return type + "/" + id + "/_history?_count=" + count;
    }
  }

  /**
   * Of one type, narrowed to one patient.
   *
   * @param patient the criterion that names the patient
   * @param criteria the others
   * @param sort as in {@code _sort}; ends with {@code _id}, so that nothing hidden can change an
   *     order
   */
  record Search(
      String type,
      Parameter patient,
      List<Parameter> criteria,
      String sort,
      List<Include> includes,
      int count)
      implements Paged {

    public Search {
      criteria = List.copyOf(criteria);
      includes = List.copyOf(includes);
    }

    List<Parameter> allCriteria() {
      List<Parameter> all = new ArrayList<>();
      all.add(patient);
      all.addAll(criteria);
      return all;
    }

    @Override
    public String target() {
      List<Parameter> all = allCriteria();
      all.add(new Parameter("_sort", sort));
      includes.forEach(each -> all.add(new Parameter(each.parameter(), each.path())));
      all.add(new Parameter("_count", Integer.toString(count)));
      return type + "?" + Parameter.encode(all);
    }
  }

  /**
   * {@code Patient/7/$everything}.
   *
   * @param types that are wanted, sorted
   * @param criteria that hold for each
   */
  record Everything(String id, List<String> types, List<Parameter> criteria, int count)
      implements Paged {

    public Everything {
      types = List.copyOf(types);
      criteria = List.copyOf(criteria);
    }

    @Override
    public String type() {
      return "Patient";
    }

    @Override
    public String target() {
      List<Parameter> all = new ArrayList<>();
      all.add(new Parameter("_type", String.join(",", types)));
      criteria.forEach(each -> all.add(new Parameter("_since", each.value().substring(2))));
      all.add(new Parameter("_count", Integer.toString(count)));
      return "Patient/" + id + "/$everything?" + Parameter.encode(all);
    }
  }

  /** The next part of a {@link Paged} one, by the link that came with the part before. */
  record NextPage(String seal) implements Admitted {}

  /** Requests of their own. */
  record Batch(List<Entry> entries) implements Admitted {

    /** A part of the batch; refused ones fail alone. */
    record Entry(Shape shape) {}

    public Batch {
      entries = List.copyOf(entries);
    }
  }
}
