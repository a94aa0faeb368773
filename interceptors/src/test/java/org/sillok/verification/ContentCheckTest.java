package org.sillok.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sillok.canonical.Labels;
import org.sillok.canonical.Nonce;
import org.sillok.log.Entry;
import org.sillok.log.ResourceVersion;

class ContentCheckTest {

  private static final Labels LABELLED =
      new Labels(List.of(), List.of(new Labels.Coding("http://x", "R")), List.of());

  private final Pictures honest = Pictures.honest();

  private static void assertFails(Pictures pictures, Step step) {
    assertThat(ContentCheck.of(pictures.take())).extracting(Failure::step).isEqualTo(step);
  }

  private static void assertHolds(Pictures pictures) {
    assertThat(ContentCheck.of(pictures.take())).isNull();
  }

  private LoggedEntry birth() {
    return honest.entries.get(0);
  }

  private static LoggedEntry with(
      LoggedEntry e, ResourceVersion columns, String action, Nonce nonce, boolean authentic) {
    return LoggedEntry.of(
        e.id(), columns, "resource", action, e.json(), nonce, authentic, e.log(), e.leafIndex());
  }

  @Test
  void holdsForWhatAServerWrites() {
    assertHolds(honest);
    assertHolds(Pictures.honestDeletion());
  }

  @Test
  void holdsForAnOlderVersionWhateverTheResourceSaysNow() {
    honest.currentVersion = 4;
    honest.newest = false;
    honest.resourceUpdated = Pictures.time(Instant.EPOCH);
    assertHolds(honest);
  }

  @Test
  void holdsAfterARelabelAgainstTheRelabelOnly() {
    honest.content = new Content.Text(Pictures.JSON, LABELLED);
    honest.served = LABELLED;
    assertFails(honest, Step.CONTENT);
    honest.log(Entry.Action.RELABEL);
    assertHolds(honest);
  }

  @Test
  void rejectsTheLabelsFromBeforeARelabel() {
    honest.content = new Content.Text(Pictures.JSON, LABELLED);
    honest.log(Entry.Action.RELABEL);
    honest.content = new Content.Text(Pictures.JSON, Labels.NONE);
    assertFails(honest, Step.CONTENT);
  }

  @Test
  void rejectsARelabelThatIsReplayed() {
    honest.content = new Content.Text(Pictures.JSON, LABELLED);
    honest.served = LABELLED;
    honest.log(Entry.Action.RELABEL);
    honest.entries.add(honest.entries.get(1));
    assertFails(honest, Step.BIRTH_ENTRY);
  }

  @Test
  void holdsForAnExpungedVersion() {
    honest.log(Entry.Action.EXPUNGE);
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, true));
    honest.isStored = false;
    assertHolds(honest);
    assertThat(ContentCheck.isExpunged(honest.take())).isTrue();
  }

  @Test
  void holdsForAResourceThatWasExpungedAndIsCreatedAgain() {
    honest.log(Entry.Action.EXPUNGE);
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, true));
    honest.content = new Content.Text("{\"resourceType\":\"Observation\"}", Labels.NONE);
    honest.log(Entry.Action.UPDATE);
    assertHolds(honest);
    honest.isStored = false;
    assertFails(honest, Step.STORED_VERSION);
    honest.log(Entry.Action.EXPUNGE);
    honest.replace(2, with(honest.entries.get(2), Pictures.VERSION, "update", null, true));
    assertHolds(honest);
  }

  @Test
  void rejectsTheContentFromBeforeAnExpunging() {
    honest.log(Entry.Action.EXPUNGE);
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, true));
    Content before = honest.content;
    honest.content = new Content.Text("{\"resourceType\":\"Observation\"}", Labels.NONE);
    honest.log(Entry.Action.UPDATE);
    honest.content = before;
    assertFails(honest, Step.CONTENT);
  }

  @Test
  void rejectsAnExpungedVersionThatIsStoredAgain() {
    honest.log(Entry.Action.EXPUNGE);
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, true));
    assertFails(honest, Step.STORED_VERSION);
    assertThat(Verdict.codeOf(ContentCheck.of(honest.take()), honest.take()))
        .isEqualTo(Verdict.Code.ALTERED);
  }

  @Test
  void rejectsAnExpungedVersionThatIsPutBackFromACopyWithItsNonce() {
    honest.log(Entry.Action.EXPUNGE);
    assertFails(honest, Step.STORED_VERSION);
    honest.isStored = false;
    assertFails(honest, Step.CONTENT);
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, true));
    assertHolds(honest);
  }

  @Test
  void rejectsASecondBirthThatALaterExpungingWouldExcuse() {
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, true));
    LoggedEntry second = honest.log(Entry.Action.UPDATE);
    honest.replace(1, with(second, Pictures.VERSION, "update", null, true));
    honest.log(Entry.Action.EXPUNGE);
    honest.isStored = false;
    assertFails(honest, Step.BIRTH_ENTRY);
  }

  @Test
  void isAliveByAuthenticEntriesOnly() {
    assertThat(ContentCheck.isAlive(honest.entries)).isTrue();
    LoggedEntry end = honest.log(Entry.Action.EXPUNGE);
    assertThat(ContentCheck.isAlive(honest.entries)).isFalse();
    honest.replace(1, with(end, Pictures.VERSION, "expunge", null, false));
    assertThat(ContentCheck.isAlive(honest.entries)).isTrue();
    honest.replace(0, with(birth(), Pictures.VERSION, "update", null, false));
    assertThat(ContentCheck.isAlive(honest.entries)).isFalse();
  }

  @Test
  void rejectsAForgedExpunging() {
    LoggedEntry expunging = honest.log(Entry.Action.EXPUNGE);
    honest.replace(1, with(expunging, Pictures.VERSION, "expunge", null, false));
    honest.isStored = false;
    assertFails(honest, Step.ENTRY_MAC);
    assertThat(ContentCheck.isExpunged(honest.take())).isFalse();
  }

  @Test
  void rejectsAVersionThatIsGone() {
    honest.isStored = false;
    assertFails(honest, Step.STORED_VERSION);
  }

  @Test
  void rejectsAVersionOfWhichThereAreTwoRows() {
    honest.doubled = true;
    assertFails(honest, Step.STORED_VERSION);
    assertThat(Verdict.codeOf(ContentCheck.of(honest.take()), honest.take()))
        .isEqualTo(Verdict.Code.ALTERED);
  }

  @Test
  void rejectsAVersionWithoutEntry() {
    honest.entries.clear();
    assertFails(honest, Step.BIRTH_ENTRY);
  }

  @Test
  void rejectsASecondBirth() {
    honest.log(Entry.Action.UPDATE);
    assertFails(honest, Step.BIRTH_ENTRY);
  }

  @Test
  void rejectsAnEntryWithAWrongMac() {
    honest.replace(0, with(birth(), Pictures.VERSION, "update", birth().nonce(), false));
    assertFails(honest, Step.ENTRY_MAC);
  }

  @Test
  void rejectsAForgedEntryBesideTheRightOne() {
    LoggedEntry second = honest.log(Entry.Action.RELABEL);
    honest.replace(1, with(second, Pictures.VERSION, "relabel", second.nonce(), false));
    assertFails(honest, Step.ENTRY_MAC);
  }

  @Test
  void rejectsAnActionColumnThatDisagrees() {
    honest.replace(0, with(birth(), Pictures.VERSION, "relabel", birth().nonce(), true));
    assertFails(honest, Step.ENTRY_COLUMNS);
  }

  @Test
  void ignoresAnEntryOfAnotherVersionWhoseColumnsPointHere() {
    Pictures other = new Pictures();
    other.version = new ResourceVersion("Observation", "8", 1);
    LoggedEntry strange = other.log(Entry.Action.CREATE);
    honest.entries.add(with(strange, Pictures.VERSION, "create", strange.nonce(), true));
    assertHolds(honest);
  }

  @Test
  void rejectsATypeThatIsNotTheResources() {
    honest.type = "Patient";
    assertFails(honest, Step.RESOURCE_ROW);
  }

  @Test
  void rejectsADeletionThatWasNone() {
    honest.content = new Content.Deletion();
    honest.deleted = honest.updated;
    assertFails(honest, Step.RESOURCE_ROW);
  }

  @Test
  void rejectsAnUndoneDeletion() {
    Pictures deletion = Pictures.honestDeletion();
    deletion.deleted = null;
    assertFails(deletion, Step.RESOURCE_ROW);
  }

  @Test
  void rejectsABackdatedVersionByOneMillisecond() {
    honest.updated = Pictures.time(Pictures.RECORDED.minusMillis(1));
    assertFails(honest, Step.RECORDED);
  }

  @Test
  void rejectsAnotherTimeOfDeletion() {
    Pictures deletion = Pictures.honestDeletion();
    deletion.deleted = Pictures.time(Pictures.RECORDED.plusSeconds(1));
    assertFails(deletion, Step.RECORDED);
  }

  @Test
  void rejectsAnotherText() {
    honest.content = new Content.Text(Pictures.JSON.replace("final", "amended"), Labels.NONE);
    assertFails(honest, Step.CONTENT);
  }

  @Test
  void rejectsATextThatIsNoJson() {
    honest.content = new Content.Text("{", Labels.NONE);
    assertFails(honest, Step.CONTENT);
  }

  @Test
  void rejectsARowThatCannotBeRead() {
    honest.content = new Content.Unreadable("no text");
    assertFails(honest, Step.CONTENT);
  }

  @Test
  void rejectsANonceThatWasReplaced() {
    honest.replace(0, with(birth(), Pictures.VERSION, "update", Nonce.of(new byte[32]), true));
    assertFails(honest, Step.CONTENT);
  }

  @Test
  void rejectsANewestVersionThatIsNotServed() {
    honest.currentVersion = 2;
    assertFails(honest, Step.CURRENT_VERSION);
  }

  @Test
  void rejectsACurrentVersionThatIsNotTheNewest() {
    honest.newest = false;
    assertFails(honest, Step.CURRENT_VERSION);
  }

  @Test
  void rejectsAResourceWithAnotherTime() {
    honest.resourceUpdated = Pictures.time(Pictures.RECORDED.minusMillis(1));
    assertFails(honest, Step.CURRENT_VERSION);
  }

  @Test
  void rejectsAResourceThatIsMarkedAsDeleted() {
    honest.resourceDeleted = honest.updated;
    assertFails(honest, Step.CURRENT_VERSION);
  }

  @Test
  void rejectsAResourceThatIsNotMarkedAsDeletedAnyMore() {
    Pictures deletion = Pictures.honestDeletion();
    deletion.resourceDeleted = null;
    assertFails(deletion, Step.CURRENT_VERSION);
  }

  @Test
  void rejectsLabelsThatAReadAddsToTheCurrentVersion() {
    honest.served = LABELLED;
    assertFails(honest, Step.CURRENT_VERSION);
  }

  @Test
  void saysUnknownOfAVersionThatNeverWas() {
    honest.entries.clear();
    honest.isStored = false;
    VersionPicture picture = honest.take();
    assertThat(Verdict.codeOf(ContentCheck.of(picture), picture)).isEqualTo(Verdict.Code.UNKNOWN);
  }
}
