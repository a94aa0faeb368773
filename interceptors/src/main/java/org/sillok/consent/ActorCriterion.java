package org.sillok.consent;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code actor}: in groups by role; any of a group, and every group, §1.6. */
record ActorCriterion(List<Actor> actors) implements Criterion {

  /** What an actor's role makes of it. */
  enum Group {
    RECIPIENT,
    CUSTODIAN,
    AUTHOR,
    OTHER
  }

  /**
   * @param name null if it names nobody
   */
  record Actor(Group group, @Nullable PartyName name) {}

  ActorCriterion {
    actors = List.copyOf(actors);
  }

  @Override
  public String element() {
    return "actor";
  }

  @Override
  public Test bind(Binding binding, boolean permit) {
    Map<Group, Test> groups = new EnumMap<>(Group.class);
    for (Actor actor : actors) {
      groups.merge(actor.group(), bind(actor, binding), Or::new);
    }
    return groups.values().stream().reduce(And::new).orElse(Test.Constant.of(Tri.T));
  }

  private static Test bind(Actor actor, Binding binding) {
    PartyName name = actor.name();
    if (name == null) {
      return Test.Constant.of(Tri.U);
    }
    return switch (actor.group()) {
      case RECIPIENT -> Test.Constant.of(binding.recipients().includes(name));
      case CUSTODIAN -> Test.Constant.of(binding.custodian().is(name));
      case AUTHOR -> Authorship.of(name, binding.directory());
      case OTHER -> Test.Constant.of(Tri.U);
    };
  }

  private record Or(Test one, Test other) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      return one.in(resource).or(other.in(resource));
    }
  }

  private record And(Test one, Test other) implements Test {
    @Override
    public Tri in(ResourceFacts resource) {
      return one.in(resource).and(other.in(resource));
    }
  }
}
