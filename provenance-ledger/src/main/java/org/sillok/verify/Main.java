package org.sillok.verify;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sillok.evidence.EvidenceVerifier;
import org.sillok.evidence.Outcome;
import org.sillok.evidence.Verification;

/** {@code sillok-verify}; {@code --help} says what it does. */
public final class Main {

  static final int VERIFIED = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_YET_ANCHORED = 3;
  static final int UNSETTLED = 4;
  static final int ORIGIN_UNKNOWN = 5;

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int status = run(List.of(args), out, err);
    out.flush();
    System.exit(status);
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.contains("--help") || args.contains("-h")) {
      out.print(Arguments.HELP);
      return VERIFIED;
    }
    try {
      Arguments arguments = Arguments.parse(args);
      Verification verification =
          EvidenceVerifier.verify(
              arguments.file(), arguments.trust(), arguments.content(), arguments.chain());
      out.print(arguments.json() ? Report.json(verification) : Report.text(verification));
      return status(verification.outcome());
    } catch (UsageException e) {
      err.println("sillok-verify: " + e.getMessage());
      err.println("Try --help.");
      return USAGE;
    }
  }

  private static int status(Outcome outcome) {
    if (outcome instanceof Outcome.Verified) {
      return VERIFIED;
    }
    if (outcome instanceof Outcome.OriginUnknown) {
      return ORIGIN_UNKNOWN;
    }
    if (outcome instanceof Outcome.Unsettled) {
      return UNSETTLED;
    }
    return outcome instanceof Outcome.NotYetAnchored ? NOT_YET_ANCHORED : FAILED;
  }
}
