package org.sillok.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.consent.Ground.Effect;

/** Binds one consent that counts to a request: what the request decides is decided here. */
final class ConsentBinder {

  private final Binding binding;
  private final Standing standing;
  private final BasePolicy base;

  private ConsentBinder(Binding binding, Standing standing, BasePolicy base) {
    this.binding = binding;
    this.standing = standing;
    this.base = base;
  }

  /** Empty if the consent does not apply to the request at all. */
  static Optional<BoundConsent> bind(Binding binding, Standing standing, ConsentRules rules) {
    Provision root = rules.root();
    Tri period = root.period() == null ? Tri.T : root.period().value(binding.request());
    return period == Tri.F
        ? Optional.empty()
        : Optional.of(new ConsentBinder(binding, standing, rules.base()).bind(root, period));
  }

  private BoundConsent bind(Provision root, Tri period) {
    RootTable table = RootTable.of(base.kind(), root);
    boolean permits = period == Tri.T && standing.kind() == Standing.Kind.ADMITTED;
    Ground outside = table.outside() == null ? null : ground(table.outside(), root);
    Ground unsure =
        outside == null || outside.permits() ? null : ground(outside.path(), Effect.INDETERMINATE);
    BoundProvision bound =
        bind(root, root.criteria(), root.isPermit(), ground(table.inside(), root));
    return new BoundConsent(permits, bound, outside, unsure);
  }

  private @Nullable Ground ground(RootTable.Cell cell, Provision root) {
    return switch (cell) {
      case TYPE -> ground(root.path(), root.isPermit() ? Effect.PERMIT : Effect.DENY);
      case DENY -> ground(root.path(), Effect.DENY);
      case INDETERMINATE -> ground(root.path(), Effect.INDETERMINATE);
      case BASE -> baseGround();
    };
  }

  /** Null if the base rule does not speak of the request. */
  private @Nullable Ground baseGround() {
    Tri covers = base.covers(binding);
    if (base.kind() == BasePolicy.Kind.PERMIT) {
      return covers == Tri.T ? ground(base.path(), Effect.PERMIT) : null;
    }
    return covers == Tri.F ? null : ground(base.path(), Effect.DENY);
  }

  private Ground ground(String path, Effect effect) {
    return new Ground(standing.reference(), path, effect, standing.ledger());
  }

  private BoundProvision nested(Provision provision) {
    List<Criterion> criteria = new ArrayList<>(provision.criteria());
    if (provision.period() != null) {
      criteria.add(provision.period());
    }
    Effect effect = provision.isPermit() ? Effect.PERMIT : Effect.DENY;
    Ground ground =
        ground(provision.path(), provision.type() == null ? Effect.INDETERMINATE : effect);
    return bind(provision, criteria, provision.isPermit(), ground);
  }

  private BoundProvision bind(
      Provision provision, List<Criterion> criteria, boolean permit, @Nullable Ground ground) {
    Tri in = Tri.T;
    Tri whole = Tri.T;
    List<Test> tests = new ArrayList<>();
    for (Criterion criterion : criteria) {
      Test test = criterion.bind(binding, permit);
      if (test instanceof Test.Constant constant) {
        in = in.and(constant.in());
        whole = whole.and(constant.whole());
      } else {
        tests.add(test);
      }
    }
    List<BoundProvision> children = new ArrayList<>();
    if (in != Tri.F) {
      provision.children().stream()
          .map(this::nested)
          .filter(child -> child.constant().in() != Tri.F)
          .forEach(children::add);
    }
    return new BoundProvision(
        new Test.Constant(in, whole), List.copyOf(tests), ground, List.copyOf(children));
  }
}
