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

  /**
   * @param logs gives a fresh view of the log each time
   * @param pause waits until a second look makes sense
   */
  public Sweep(
      StoredVersions stored,
      Supplier<LogState> logs,
      UnloggedVersions unlogged,
      Findings findings,
      InstantSource clock,
      Runnable pause) {
    this.stored = stored;
    this.logs = logs;
    this.unlogged = unlogged;
    this.findings = findings;
    this.clock = clock;
    this.pause = pause;
    this.oddRows = new OddRows(findings, pause);
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
    audited.findings().forEach(findings::report);
    return audited.next().isEmpty() ? run.nextPhase() : run.audited(audited.next());
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
    for (EntryPicture suspect : suspects) {
      Finding finding = secondLookOrOdd(suspect.entry()).orElse(null);
      if (finding != null) {
        findings.report(finding);
        if (finding.step() == Step.STORED_VERSION || finding.step() == Step.BIRTH_ENTRY) {
          codes.add(Verdict.Code.MISSING);
        }
      }
    }
    return run.at(page.last(), page.items().size(), count(codes));
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
    Page<EntryPicture> again =
        stored.entriesAfter(Math.max(suspect.id(), StoredVersions.BEFORE_ALL + 1) - 1, 1);
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

  private static Finding finding(LoggedEntry entry, Failure failure) {
    ResourceVersion version = entry.subject();
    return version == null
        ? new Finding(failure.step(), "sillok_entry " + entry.id(), null, failure.detail())
        : Finding.of(version, failure);
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
    for (VersionPicture picture : page.items()) {
      OddRows.judged(() -> firstLook(picture, log), odd -> Optional.<Verdict.Code>empty())
          .ifPresentOrElse(codes::add, () -> suspects.add(picture.version()));
    }
    if (!suspects.isEmpty()) {
      pause.run();
    }
    for (ResourceVersion suspect : suspects) {
      codes.add(OddRows.judged(() -> secondLook(suspect, log), odd -> odd(suspect, odd)));
    }
    for (String stray : page.strays()) {
      findings.report(
          new Finding(Step.RESOURCE_ROW, stray, null, "its resource has no id of FHIR's form"));
      codes.add(Verdict.Code.ALTERED);
    }
    return run.at(page.last(), page.items().size() + page.strays().size(), count(codes));
  }

  private Optional<Verdict.Code> firstLook(VersionPicture picture, LogState log) {
    return ContentCheck.of(picture) == null ? Optional.of(sound(picture, log)) : Optional.empty();
  }

  private Verdict.Code odd(ResourceVersion version, String detail) {
    findings.report(Finding.of(version, new Failure(Step.CONTENT, detail)));
    return Verdict.Code.ALTERED;
  }

  /** All but anchoring is checked; the tree as a whole comes with {@link LogState#audit}. */
  private Verdict.Code sound(VersionPicture picture, LogState log) {
    List<LoggedEntry> entries = ContentCheck.entriesOf(picture);
    LoggedEntry birth = ContentCheck.birthOf(entries).orElseThrow();
    Verdict.Code code = Verdict.anchoredCode(birth);
    if (code == Verdict.Code.FOUND) {
      findings.report(
          new Finding(
              Step.BIRTH_ENTRY, picture.version().toString(), picture.version(), WITHOUT_ENTRY));
      return code;
    }
    return entries.stream().allMatch(entry -> isAnchored(entry, log)) ? code : Verdict.Code.PENDING;
  }

  private static boolean isAnchored(LoggedEntry entry, LogState log) {
    return entry.log() != null
        && entry.leafIndex() != null
        && entry.leafIndex() < log.anchoredSize(entry.log());
  }

  private Verdict.Code secondLook(ResourceVersion version, LogState log) {
    VersionPicture picture = stored.read(version);
    Failure failure = ContentCheck.of(picture);
    if (failure == null) {
      return picture.stored() == null ? Verdict.Code.EXPUNGED : sound(picture, log);
    }
    if (failure.step() == Step.BIRTH_ENTRY && ContentCheck.entriesOf(picture).isEmpty()) {
      return withoutEntry(version);
    }
    if (failure.step() == Step.CURRENT_VERSION && isToldOfAnother(picture)) {
      return sound(picture, log);
    }
    findings.report(Finding.of(version, failure));
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

  private Verdict.Code withoutEntry(ResourceVersion version) {
    if (findings.has(Step.ENTRY_COLUMNS, version)) {
      return Verdict.Code.ALTERED; // it has one, under another name
    }
    return switch (unlogged.log(version)) {
      case IMPORTED -> Verdict.Code.PENDING;
      case SETTLED -> Verdict.Code.PENDING;
      case FOUND -> {
        findings.report(new Finding(Step.BIRTH_ENTRY, version.toString(), version, WITHOUT_ENTRY));
        yield Verdict.Code.FOUND;
      }
      case IMPOSSIBLE -> {
        findings.report(
            new Finding(Step.CONTENT, version.toString(), version, "no entry and no content"));
        yield Verdict.Code.MISSING;
      }
    };
  }

  private static Map<Verdict.Code, Long> count(List<Verdict.Code> codes) {
    return codes.stream().collect(groupingBy(Function.identity(), counting()));
  }
}
