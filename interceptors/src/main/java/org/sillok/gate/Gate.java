package org.sillok.gate;

import ca.uhn.fhir.context.FhirContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.sillok.consent.AccessRequest;
import org.sillok.consent.BusinessId;
import org.sillok.consent.Ground;
import org.sillok.consent.Requester;
import org.sillok.gate.PageSeal.Position;
import org.sillok.gate.Shape.Batch;
import org.sillok.gate.Shape.NextPage;
import org.sillok.gate.Shape.Paged;
import org.sillok.gate.Shape.Proof;
import org.sillok.gate.Shape.Read;
import org.sillok.gate.Shape.Refused;
import org.sillok.gate.Trail.Access;
import org.sillok.identity.ForeignCaller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of other hospitals, {@code docs/gate.md}. What it cannot answer for certain
 * it does not answer: every failure ends in 503, and nothing leaves before the trail has it.
 * Thread-safe.
 */
public final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Custodian custodian;
  private final Sources sources;
  private final Trail trail;
  private final InstantSource clock;
  private final Shapes shapes;
  private final PageSeal seal;
  private final Responses responses;

  /**
   * @param pageKey for AES; servers that share the database share it, so that a link of one works
   *     at the other
   */
  public Gate(
      Custodian custodian,
      Sources sources,
      Trail trail,
      SecretKey pageKey,
      InstantSource clock,
      FhirContext fhir) {
    this.custodian = custodian;
    this.sources = sources;
    this.trail = trail;
    this.clock = clock;
    this.shapes = new Shapes(fhir, custodian.base());
    this.seal = new PageSeal(pageKey, new SecureRandom());
    this.responses = new Responses(fhir);
  }

  /** Never throws: a failure is an answer too. */
  public GateResponse answer(ForeignCaller caller, GateRequest request) {
    Shapes.Asked asked = shapes.of(request);
    try {
      Optional<Duration> wait = sources.tooOld().get();
      if (wait.isPresent()) {
        return responses.unavailable(
            recorded(caller, asked.shape(), Answer.unavailable(), Set.of()),
            asked.format(),
            wait.get());
      }
      Answer answer =
          asked.shape() instanceof Batch batch
              ? batch(caller, batch, asked.format())
              : single(caller, asked.shape(), asked.format());
      return responses.of(answer, asked.format());
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      LOG.error("A request of {} was not answered", caller.hospital(), e);
      return responses.unavailable(Answer.unavailable(), asked.format(), SOON);
    }
  }

  private Answer batch(ForeignCaller caller, Batch batch, Format format) {
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.BATCHRESPONSE);
    int released = 0;
    for (Batch.Entry part : batch.entries()) {
      Answer answer = single(caller, part.shape(), format);
      BundleEntryComponent entry = bundle.addEntry();
      responses.into(entry, answer);
      released += answer.released();
    }
    return Answer.page(bundle, released);
  }

  /** Recorded when it returns. */
  private Answer single(ForeignCaller caller, Shape shape, Format format) {
    if (shape instanceof Refused refused) {
      return recorded(caller, shape, Answer.refused(refused.reason()), Set.of());
    }
    long place = 0;
    Shape asked = shape;
    if (shape instanceof NextPage page) {
      Optional<Position> position = seal.open(caller, page.seal(), clock.instant());
      if (position.isEmpty()) {
        return recorded(caller, shape, Answer.absent(), Set.of());
      }
      asked = shapes.of(GateRequest.get(position.get().target())).shape();
      place = position.get().place();
    }
    if (!Scoped.allows(caller.scopes(), asked)) {
      Answer refused = Answer.refused("The token's scopes do not cover this.");
      return recorded(caller, asked, refused, Set.of());
    }
    Release release = release(caller);
    Answer answer = perform(caller, asked, place, release, format);
    return recorded(caller, asked, answer, release.grounds());
  }

  private Answer perform(
      ForeignCaller caller, Shape shape, long place, Release release, Format format) {
    Interactions interactions = new Interactions(sources, custodian, release);
    if (shape instanceof Read read) {
      return interactions.read(read);
    }
    if (shape instanceof Proof proof) {
      return interactions.proof(proof);
    }
    if (shape instanceof Paged paged) {
      return page(caller, paged, place, interactions, format);
    }
    return Answer.absent();
  }

  private Answer page(
      ForeignCaller caller, Paged shape, long place, Interactions interactions, Format format) {
    Interactions.Page page;
    try {
      page = interactions.page(shape, place);
    } catch (UnreadableValueException e) {
      return Answer.unreadable();
    }
    if (page.isEmpty() && !(shape instanceof Shape.Search)) {
      return Answer.absent();
    }
    Bundle bundle = interactions.bundle(shape, page);
    if (place == 0) {
      bundle.addLink().setRelation("self").setUrl(custodian.base() + "/" + shape.target());
    }
    if (page.next() >= 0) {
      String next = seal.seal(caller, new Position(shape.target(), page.next()), clock.instant());
      bundle
          .addLink()
          .setRelation("next")
          .setUrl(custodian.base() + "?_getpages=" + next + format.parameters());
    }
    return Answer.page(bundle, page.matches().size() + page.included().size());
  }

  private Release release(ForeignCaller caller) {
    Requester requester =
        new Requester(
            caller.hospital(),
            Set.of(BusinessId.of(caller.hospital())),
            caller.practitioner(),
            caller.roles());
    Instant now = clock.instant();
    return new Release(
        caller,
        new AccessRequest(custodian.id(), requester, caller.purposes(), now),
        custodian,
        sources.consents(),
        sources.archive());
  }

  private Answer recorded(ForeignCaller caller, Shape shape, Answer answer, Set<Ground> grounds) {
    trail.record(
        new Access(
            clock.instant(),
            caller,
            Described.interaction(shape),
            Described.about(shape),
            answer.outcome(),
            answer.released(),
            grounds));
    return answer;
  }
}
