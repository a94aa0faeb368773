package org.sillok.reconcile;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sillok.log.EntryMac;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.ContentCheck;
import org.sillok.verification.Failure;
import org.sillok.verification.LoggedEntry;
import org.sillok.verification.Step;
import org.sillok.verification.StoredResource;
import org.sillok.verification.StoredVersions;
import org.sillok.verification.StoredVersions.EntryPicture;
import org.sillok.verification.StoredVersions.Page;
import org.sillok.verification.Verdict;
import org.sillok.verification.VersionPicture;

/**
 * Walks over all entries and all stored versions, a page at a time, and reports what does not
 * agree.
 *
 * <p>Nothing is reported before a second look, some time later and in a snapshot of its own, has
 * seen the same. Thread-safe: each walk's state is the caller's.
 */
public final class Sweep {

  private static final String WITHOUT_ENTRY =
      "it was stored without an entry; nobody can say where it came from";

  private final StoredVersions stored;
  private final Supplier<LogState> logs;
  private final UnloggedVersions unlogged;
  private final Findings findings;
  private final InstantSource clock;
  private final Runnable pause;
  private final OddRows oddRows;
  private final SeenMark marks;

  /**
   * @param logs gives a fresh view of the log each time
   * @param mac marks what was seen
   * @param pause waits until a second look makes sense
   */
  public Sweep(
      StoredVersions stored,
      Supplier<LogState> logs,
      UnloggedVersions unlogged,
      Findings findings,
      EntryMac mac,
      InstantSource clock,
      Runnable pause) {
    this.stored = stored;
    this.logs = logs;
    this.unlogged = unlogged;
    this.findings = findings;
    this.clock = clock;
    this.pause = pause;
    this.oddRows = new OddRows(findings, pause);
    this.marks = new SeenMark(mac);
  }

  public SweepRun start() {
    return SweepRun.start(stored.countEntries() + stored.countVersions(), clock.instant());
  }

  /** Looks at the next {@code page} rows. */
  public SweepRun step(SweepRun run, int page) {
    return switch (run.phase()) {
      case ENTRIES -> entries(run, page);
      case VERSIONS -> versions(run, page);
      case LOG -> audit(run);
      case DONE -> run;
    };
  }

  private SweepRun audit(SweepRun run) {
    LogState.Audited audited = logs.get().audit(run.audit());
    findings.report(audited.findings());
    SweepRun counted =
        audited.findings().isEmpty()
            ? run
            : run.at(
                run.position(), 0, Map.of(Verdict.Code.ALTERED, (long) audited.findings().size()));
    return audited.next().isEmpty() ? counted.nextPhase() : counted.audited(audited.next());
  }

  /**
   * Looks at one entry at once, as a walk would.
   *
   * @param id of its row
   */
  public void lookAt(long id) {
    Page<EntryPicture> page = oneEntry(id);
    if (!page.items().isEmpty() && page.last() == id) {
      secondLookOrOdd(page.items().get(0).entry()).ifPresent(findings::report);
    }
  }

  private Page<EntryPicture> oneEntry(long id) {
    return stored.entriesAfter(Math.max(id, StoredVersions.BEFORE_ALL + 1) - 1, 1);
  }

  private SweepRun entries(SweepRun run, int limit) {
    Page<EntryPicture> page =
        OddRows.readable(limit, most -> stored.entriesAfter(run.position(), most));
    if (page == null) {
      return oddRows.passBy(run, stored::entryRowAfter, stored::entriesAfter, Step.ENTRY_COLUMNS);
    }
    if (page.last() == run.position()) {
      return run.nextPhase();
    }
    LogState log = logs.get();
    List<EntryPicture> suspects =
        page.items().stream()
            .filter(picture -> OddRows.judged(() -> isSuspect(picture, log), odd -> true))
            .toList();
    List<Verdict.Code> codes = new ArrayList<>();
    if (!suspects.isEmpty()) {
      pause.run();
    }
    List<Finding> found = new ArrayList<>();
    for (EntryPicture suspect : suspects) {
      secondLookOrOdd(suspect.entry())
          .ifPresent(
              finding -> {
                found.add(finding);
                codeOf(finding, suspect).ifPresent(codes::add);
              });
    }
    findings.report(found);
    return run.at(page.last(), page.items().size(), count(codes));
  }

  /** Empty if the walk over the versions will come to the same. */
  private static Optional<Verdict.Code> codeOf(Finding finding, EntryPicture picture) {
    boolean birth = finding.step() == Step.BIRTH_ENTRY;
    if (!picture.stored()) {
      boolean missing = birth || finding.step() == Step.STORED_VERSION;
      return Optional.of(missing ? Verdict.Code.MISSING : Verdict.Code.ALTERED);
    }
    return birth || finding.step() == Step.LEAF
        ? Optional.of(Verdict.Code.ALTERED)
        : Optional.empty();
  }

  private static boolean isSuspect(EntryPicture picture, LogState log) {
    LoggedEntry entry = picture.entry();
    return !entry.authentic()
        || !entry.columnsAgree()
        || (entry.isBirth() && !picture.stored())
        || LeafCheck.of(entry, log) != null;
  }

  private Optional<Finding> secondLookOrOdd(LoggedEntry suspect) {
    return OddRows.judged(
        () -> Optional.ofNullable(secondLook(suspect)),
        odd -> Optional.of(finding(suspect, new Failure(Step.ENTRY_COLUMNS, odd))));
  }

  private @Nullable Finding secondLook(LoggedEntry suspect) {
    Page<EntryPicture> again = oneEntry(suspect.id());
    if (again.items().isEmpty() || again.last() != suspect.id()) {
      return null;
    }
    EntryPicture picture = again.items().get(0);
    LogState log = logs.get();
    Failure failure = isSuspect(picture, log) ? failureOf(picture, log) : null;
    return failure == null ? null : finding(picture.entry(), failure);
  }

  private @Nullable Failure failureOf(EntryPicture picture, LogState log) {
    LoggedEntry entry = picture.entry();
    ResourceVersion version = entry.subject();
    if (!entry.authentic()) {
      return ContentCheck.forged(entry);
    }
    if (!entry.columnsAgree()) {
      return ContentCheck.wrongColumns(entry);
    }
    if (entry.isBirth() && version != null && !picture.stored()) {
      Failure failure = ContentCheck.of(stored.read(version));
      if (failure != null) {
        return failure;
      }
    }
    return LeafCheck.of(entry, log);
  }

  private Finding finding(LoggedEntry entry, Failure failure) {
    ResourceVersion version = entry.subject();
    if (version != null) {
      return marked(version, failure, marks.of(entry));
    }
    Failure seen = Finding.marked(failure, marks.of(entry));
    return new Finding(seen.step(), "sillok_entry " + entry.id(), null, seen.detail());
  }

  /** By what there is of the version, if that can be read. */
  private Finding marked(ResourceVersion version, Failure failure, String otherwise) {
    return OddRows.judged(
        () -> Finding.of(version, failure, marks.of(stored.read(version))),
        odd -> Finding.of(version, failure, otherwise));
  }

  private SweepRun versions(SweepRun run, int limit) {
    Page<VersionPicture> page =
        OddRows.readable(limit, most -> stored.versionsAfter(run.position(), most));
    if (page == null) {
      return oddRows.passBy(run, stored::versionRowAfter, stored::versionsAfter, Step.CONTENT);
    }
    if (page.last() == run.position()) {
      unlogged.walked();
      return run.nextPhase();
    }
    LogState log = logs.get();
    List<Verdict.Code> codes = new ArrayList<>();
    List<ResourceVersion> suspects = new ArrayList<>();
    List<Finding> found = new ArrayList<>();
    for (VersionPicture picture : page.items()) {
      OddRows.judged(() -> firstLook(picture, log, found), odd -> Optional.<Verdict.Code>empty())
          .ifPresentOrElse(codes::add, () -> suspects.add(picture.version()));
    }
    if (!suspects.isEmpty()) {
      pause.run();
    }
    for (ResourceVersion suspect : suspects) {
      codes.add(
          OddRows.judged(
              () -> secondLook(run, suspect, log, found), odd -> odd(suspect, odd, found)));
    }
    for (String stray : page.strays()) {
      found.add(
          new Finding(Step.RESOURCE_ROW, stray, null, "its resource has no id of FHIR's form"));
      codes.add(Verdict.Code.ALTERED);
    }
    findings.report(found);
    return run.at(page.last(), page.items().size() + page.strays().size(), count(codes));
  }

  private static Optional<Verdict.Code> firstLook(
      VersionPicture picture, LogState log, List<Finding> found) {
    return ContentCheck.of(picture) == null
        ? Optional.of(sound(picture, log, found))
        : Optional.empty();
  }

  private static Verdict.Code odd(ResourceVersion version, String detail, List<Finding> found) {
    found.add(Finding.of(version, new Failure(Step.CONTENT, detail)));
    return Verdict.Code.ALTERED;
  }

  /** All but anchoring is checked; the tree as a whole comes with {@link LogState#audit}. */
  private static Verdict.Code sound(VersionPicture picture, LogState log, List<Finding> found) {
    List<LoggedEntry> entries = ContentCheck.entriesOf(picture);
    LoggedEntry birth = ContentCheck.birthOf(entries).orElseThrow();
    Verdict.Code code = Verdict.anchoredCode(birth);
    if (code == Verdict.Code.FOUND) {
      found.add(withoutEntry(picture.version()));
      return code;
    }
    return entries.stream().allMatch(entry -> isAnchored(entry, log)) ? code : Verdict.Code.PENDING;
  }

  private static boolean isAnchored(LoggedEntry entry, LogState log) {
    return entry.log() != null
        && entry.leafIndex() != null
        && entry.leafIndex() < log.anchoredSize(entry.log());
  }

  private static Finding withoutEntry(ResourceVersion version) {
    return Finding.of(version, new Failure(Step.BIRTH_ENTRY, WITHOUT_ENTRY));
  }

  private Verdict.Code secondLook(
      SweepRun run, ResourceVersion version, LogState log, List<Finding> found) {
    VersionPicture picture = stored.read(version);
    Failure failure = ContentCheck.of(picture);
    if (failure == null) {
      return picture.stored() == null ? Verdict.Code.EXPUNGED : sound(picture, log, found);
    }
    if (failure.step() == Step.BIRTH_ENTRY && ContentCheck.entriesOf(picture).isEmpty()) {
      return logged(run, version, found);
    }
    if (failure.step() == Step.CURRENT_VERSION && isToldOfAnother(picture)) {
      return sound(picture, log, found);
    }
    found.add(Finding.of(version, failure, marks.of(picture)));
    return Verdict.codeOf(failure, picture);
  }

  /** Of the version that should be the current one, or of the one that should not be there. */
  private boolean isToldOfAnother(VersionPicture picture) {
    StoredResource resource = picture.resource();
    if (!picture.newest() || resource == null) {
      return !picture.newest();
    }
    ResourceVersion version = picture.version();
    VersionPicture served =
        stored.read(new ResourceVersion(version.type(), version.id(), resource.currentVersion()));
    Failure failure = ContentCheck.of(served);
    return served.stored() != null
        && failure != null
        && (failure.step() == Step.BIRTH_ENTRY || failure.step() == Step.ENTRY_MAC);
  }

  /** What has no entry gets one. */
  private Verdict.Code logged(SweepRun run, ResourceVersion version, List<Finding> found) {
    if (findings.has(Step.ENTRY_COLUMNS, version, run.startedAt())) {
      return Verdict.Code.ALTERED; // it has one, under another name
    }
    return switch (unlogged.log(version)) {
      case IMPORTED -> Verdict.Code.PENDING;
      case SETTLED -> Verdict.Code.PENDING;
      case FOUND -> {
        found.add(withoutEntry(version));
        yield Verdict.Code.FOUND;
      }
      case IMPOSSIBLE -> {
        found.add(Finding.of(version, new Failure(Step.CONTENT, "no entry and no content")));
        yield Verdict.Code.MISSING;
      }
    };
  }

  private static Map<Verdict.Code, Long> count(List<Verdict.Code> codes) {
    return codes.stream().collect(groupingBy(Function.identity(), counting()));
  }
}
