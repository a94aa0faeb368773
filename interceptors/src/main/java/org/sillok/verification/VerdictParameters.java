package org.sillok.verification;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.sillok.ledger.Receipt;
import org.sillok.log.Entry;

/** A verdict as a FHIR {@code Parameters} resource. */
final class VerdictParameters {

  private VerdictParameters() {}

  static Parameters of(Verdict verdict) {
    Parameters parameters = new Parameters();
    parameters.addParameter("code", new CodeType(verdict.code().code()));
    parameters.addParameter("target", new UriType(verdict.version().toString()));
    if (verdict.failure() != null) {
      failure(parameters, verdict.failure());
    }
    if (verdict.note() != null) {
      parameters.addParameter("note", new StringType(verdict.note()));
    }
    if (verdict.entry() != null) {
      entry(parameters, verdict.entry());
    }
    if (verdict.anchor() != null) {
      anchor(parameters, verdict.anchor());
    }
    parameters.addParameter("checkedAt", instant(verdict.checkedAt()));
    return parameters;
  }

  private static void failure(Parameters parameters, Failure failure) {
    ParametersParameterComponent part = parameters.addParameter().setName("failure");
    part(part, "step", new CodeType(failure.step().code()));
    part(part, "detail", new StringType(failure.detail()));
  }

  private static void entry(Parameters parameters, LoggedEntry logged) {
    Entry entry = logged.entry();
    if (entry == null || entry.action() == null) {
      return;
    }
    ParametersParameterComponent part = parameters.addParameter().setName("entry");
    part(part, "action", new CodeType(entry.action().code()));
    part(part, "recorded", instant(entry.recorded()));
    part(part, "agent", new StringType(entry.cause().agent()));
    part(part, "source", new StringType(entry.cause().source()));
    part(part, "request", new StringType(entry.cause().request()));
    if (logged.log() != null && logged.leafIndex() != null) {
      part(part, "log", number(logged.log()));
      part(part, "leafIndex", number(logged.leafIndex()));
    }
  }

  private static void anchor(Parameters parameters, Anchor anchor) {
    ParametersParameterComponent checkpoint = parameters.addParameter().setName("checkpoint");
    part(checkpoint, "log", new StringType(anchor.log().toString()));
    part(checkpoint, "size", number(anchor.head().size()));
    part(checkpoint, "root", new StringType(anchor.head().root().toString()));
    Receipt receipt = anchor.receipt();
    ParametersParameterComponent part = parameters.addParameter().setName("receipt");
    part(part, "ledger", new CodeType(receipt.ledger().name().toLowerCase(Locale.ROOT)));
    part(part, "chainId", number(receipt.chainId()));
    part(part, "contract", new StringType(receipt.contract().toString()));
    part(part, "transaction", new StringType(receipt.transaction().toString()));
    part(part, "block", number(receipt.blockNumber()));
    part(part, "blockHash", new StringType(receipt.blockHash().toString()));
    part(part, "blockTime", instant(receipt.blockTime()));
    if (anchor.anchoredAt() != null) {
      part(part, "received", instant(anchor.anchoredAt()));
    }
  }

  private static void part(ParametersParameterComponent whole, String name, Type value) {
    whole.addPart().setName(name).setValue(value);
  }

  private static DecimalType number(long value) {
    return new DecimalType(BigDecimal.valueOf(value));
  }

  private static InstantType instant(Instant instant) {
    InstantType value = new InstantType(Date.from(instant));
    value.setTimeZoneZulu(true);
    return value;
  }
}
