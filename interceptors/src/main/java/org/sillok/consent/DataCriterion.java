package org.sillok.consent;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.jspecify.annotations.Nullable;

/** {@code data}: particular resources. */
record DataCriterion(List<Datum> data) implements Criterion {

  /**
   * @param meaning null if it cannot be told
   * @param name null if it names nothing
   */
  record Datum(@Nullable ConsentDataMeaning meaning, @Nullable PartyName name) {}

  DataCriterion {
    data = List.copyOf(data);
  }

  @Override
  public String element() {
    return "data";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    return new AnyOf(data.stream().map(datum -> bind(datum, binding)).toList());
  }

  private static Test bind(Datum datum, Binding binding) {
    PartyName name = datum.name();
    ConsentDataMeaning meaning = datum.meaning();
    if (name == null || meaning == null) {
      return Test.Constant.of(Tri.U);
    }
    if (meaning == ConsentDataMeaning.AUTHOREDBY) {
      return Authorship.of(name, binding.directory());
    }
    String reference = name.reference();
    if (reference == null || !name.isLocal()) {
      return Test.Constant.of(Tri.U);
    }
    return switch (meaning) {
      case INSTANCE -> new Instance(reference, name.version());
      case RELATED ->
          new Related(new Instance(reference, name.version()), binding.references().get(reference));
      case DEPENDENTS -> new Dependents(new Instance(reference, name.version()));
      default -> Test.Constant.of(Tri.U);
    };
  }

  private record AnyOf(List<Test> tests) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      Tri value = Tri.F;
      for (Test test : tests) {
        value = value.or(test.in(resource));
      }
      return value;
    }
  }

  /** A version that is named means that one; of the others the engine cannot tell. */
  private record Instance(String reference, @Nullable String version) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      if (!resource.reference().equals(reference)) {
        return Tri.F;
      }
      return version == null || version.equals(resource.version()) ? Tri.T : Tri.U;
    }
  }

  private record Related(Instance instance, @Nullable Set<String> references) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      Tri own = instance.in(resource);
      if (own != Tri.F) {
        return own;
      }
      return references == null ? Tri.U : Tri.of(references.contains(resource.reference()));
    }
  }

  private record Dependents(Instance instance) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      Tri own = instance.in(resource);
      return own != Tri.F
          ? own
          : Tri.of(resource.links().references().contains(instance.reference()));
    }
  }

  @Override
  public boolean isOutside(Criterion outer, boolean permit, boolean outerPermit) {
    return outer instanceof DataCriterion other
        && instancesOnly(this)
        && instancesOnly(other)
        && data.stream().noneMatch(mine -> other.data.stream().anyMatch(its -> same(mine, its)));
  }

  private static boolean same(Datum one, Datum other) {
    PartyName mine = one.name();
    PartyName its = other.name();
    return mine != null
        && its != null
        && mine.reference() != null
        && mine.reference().equals(its.reference());
  }

  private static boolean instancesOnly(DataCriterion criterion) {
    return criterion.data.stream()
        .allMatch(
            datum ->
                datum.meaning() == ConsentDataMeaning.INSTANCE
                    && datum.name() != null
                    && datum.name().isLocal());
  }
}
