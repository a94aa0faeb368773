package org.sillok.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sillok.attribution.Leaves.RECORDED;
import static org.sillok.attribution.Leaves.access;
import static org.sillok.attribution.Leaves.leaf;
import static org.sillok.log.Entry.Action.CREATE;
import static org.sillok.log.Entry.Action.DELETE;
import static org.sillok.log.Entry.Action.EXPUNGE;
import static org.sillok.log.Entry.Action.FOUND;
import static org.sillok.log.Entry.Action.IMPORT;
import static org.sillok.log.Entry.Action.RELABEL;
import static org.sillok.log.Entry.Action.UPDATE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;

class AttributionPlanTest {

  private static final int MANY = 1000;

  @Test
  void makesOneProvenanceOfATransactionOfAHundred() {
    AttributionPlan plan = plan(creates(0, 100, "a"), 100);

    assertThat(plan.next()).isEqualTo(100);
    assertThat(plan.attributions()).hasSize(1);
    Attribution only = plan.attributions().get(0);
    assertThat(only.targets()).hasSize(100);
    assertThat(only.activity()).isEqualTo(Activity.CREATE);
    assertThat(only.agent()).isEqualTo("anonymous");
    assertThat(only.recorded()).isEqualTo(RECORDED.plusMillis(99));
  }

  @Test
  void putsTheHundredAndFirstTargetIntoASecondProvenance() {
    assertThat(plan(creates(0, 101, "a"), 101).attributions())
        .extracting(one -> one.targets().size())
        .containsExactly(100, 1);
  }

  @Test
  void separatesRequestsAgentsAndActivities() {
    ResourceVersion subject = new ResourceVersion("Patient", "p", 1);
    List<Leaf> leaves =
        List.of(
            leaf(0, "a", "kim", CREATE, subject),
            leaf(1, "a", "kim", UPDATE, subject),
            leaf(2, "a", "lee", UPDATE, subject),
            leaf(3, "b", "kim", UPDATE, subject));

    assertThat(plan(leaves, 4).attributions())
        .extracting(one -> one.agent() + " " + one.activity())
        .containsExactly("kim CREATE", "kim UPDATE", "lee UPDATE", "kim UPDATE");
  }

  @Test
  void takesAChangeOfLabelsForAnUpdateAndAnExpungingForADelete() {
    ResourceVersion subject = new ResourceVersion("Patient", "p", 1);
    List<Leaf> leaves =
        List.of(
            leaf(0, "a", "kim", RELABEL, subject),
            leaf(1, "b", "kim", DELETE, subject),
            leaf(2, "c", "kim", EXPUNGE, subject));

    assertThat(plan(leaves, 3).attributions())
        .extracting(Attribution::activity)
        .containsExactly(Activity.UPDATE, Activity.DELETE, Activity.DELETE);
  }

  @Test
  void namesAVersionOnceHoweverOftenARequestTouchedIt() {
    ResourceVersion subject = new ResourceVersion("Patient", "p", 1);
    List<Leaf> leaves =
        List.of(leaf(0, "a", "kim", RELABEL, subject), leaf(1, "a", "kim", RELABEL, subject));

    assertThat(plan(leaves, 2).attributions())
        .singleElement()
        .extracting(Attribution::targets)
        .isEqualTo(List.of(subject));
  }

  @Test
  void saysNothingAboutWhatNoUserDid() {
    List<Leaf> leaves =
        List.of(leaf(0, "a", IMPORT, "Patient"), leaf(1, "b", FOUND, "Patient"), access(2, "c"));

    assertThat(plan(leaves, 3)).isEqualTo(new AttributionPlan(3, List.of()));
  }

  @Test
  void leavesARequestThatGoesOnForLater() {
    List<Leaf> leaves = new ArrayList<>(creates(0, 5, "a"));
    leaves.addAll(creates(5, 5, "b"));

    AttributionPlan plan = AttributionPlan.of(leaves, 10, Set.of("b"), MANY, false);

    assertThat(plan.next()).isEqualTo(5);
    assertThat(plan.attributions()).hasSize(1);
  }

  @Test
  void leavesAllForLaterIfTheFirstRequestGoesOn() {
    List<Leaf> leaves = new ArrayList<>(creates(3, 5, "a"));
    leaves.addAll(creates(8, 5, "b"));

    assertThat(AttributionPlan.of(leaves, 13, Set.of("a"), MANY, false))
        .isEqualTo(new AttributionPlan(3, List.of()));
  }

  @Test
  void tearsARequestApartRatherThanStandStill() {
    AttributionPlan plan = AttributionPlan.of(creates(0, 250, "a"), 250, Set.of("a"), MANY, true);

    assertThat(plan.next()).isEqualTo(250);
    assertThat(plan.attributions())
        .extracting(one -> one.targets().size())
        .containsExactly(100, 100, 50);
  }

  @Test
  void stopsAtTheFirstOpportunityAfterSoManyRequests() {
    List<Leaf> leaves = new ArrayList<>();
    LongStream.range(0, 20).forEach(i -> leaves.add(leaf(i, "r" + i / 2, CREATE, "Patient")));

    assertThat(AttributionPlan.of(leaves, 20, Set.of(), 3, false).next()).isEqualTo(6);
  }

  @Test
  void stepsOverOurOwnLeavesAtTheEnd() {
    assertThat(plan(creates(0, 2, "a"), 40).next()).isEqualTo(40);
    assertThat(plan(List.of(), 40)).isEqualTo(new AttributionPlan(40, List.of()));
  }

  @Test
  void givesTheSameIdsWhenItIsMadeAgain() {
    assertThat(plan(creates(0, 150, "a"), 150)).isEqualTo(plan(creates(0, 150, "a"), 150));
  }

  @Test
  void givesEveryProvenanceAnIdOfItsOwnThatFhirAllows() {
    List<Leaf> leaves = new ArrayList<>();
    LongStream.range(0, 300).forEach(i -> leaves.add(leaf(i, "r" + i, CREATE, "Patient")));

    assertThat(plan(leaves, 300).attributions())
        .extracting(Attribution::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("sillok-[0-9a-f]{32}"));
  }

  /** Requests whose entries lie mixed up, cut at random: none is torn, none is told twice. */
  @Test
  void tellsOfEveryLeafOnceAndOfNoRequestTwice() {
    Random random = new Random(20261122);
    for (int round = 0; round < 200; round++) {
      List<Leaf> log = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String request = "r" + (i / 10 + random.nextInt(3));
        log.add(leaf(i, request, Entry.Action.CREATE, "Patient"));
      }
      List<ResourceVersion> told = new ArrayList<>();
      List<String> provenances = new ArrayList<>();
      int next = 0;
      int anchored = 0;
      while (next < log.size()) {
        anchored = Math.min(log.size(), anchored + 1 + random.nextInt(20));
        Set<String> goOn = new HashSet<>();
        log.subList(anchored, log.size()).forEach(leaf -> goOn.add(leaf.request()));
        AttributionPlan plan =
            AttributionPlan.of(
                log.subList(next, anchored), anchored, goOn, 1 + random.nextInt(4), false);
        for (Attribution one : plan.attributions()) {
          told.addAll(one.targets());
          provenances.add(one.id());
        }
        next = (int) plan.next();
      }
      assertThat(told).hasSize(60).doesNotHaveDuplicates();
      assertThat(provenances)
          .hasSize((int) log.stream().map(Leaf::request).distinct().count())
          .doesNotHaveDuplicates();
    }
  }

  private static AttributionPlan plan(List<Leaf> leaves, long end) {
    return AttributionPlan.of(leaves, end, Set.of(), MANY, false);
  }

  private static List<Leaf> creates(long from, int count, String request) {
    return LongStream.range(from, from + count)
        .mapToObj(i -> leaf(i, request, CREATE, "Observation"))
        .toList();
  }
}
