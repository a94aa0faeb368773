package org.sillok.consortium;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.security.SecureRandom;
import java.util.List;
import org.sillok.ledger.Address;
import org.sillok.ledger.HospitalId;
import org.sillok.ledger.LedgerRefusedException;
import org.sillok.ledger.LedgerUnavailableException;
import org.sillok.ledger.besu.rpc.RpcException;
import org.sillok.ledger.besu.sign.SigningException;
import org.sillok.log.KeyFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sillok-ledger}; {@code --help} says what it does. */
public final class Main {

  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNAVAILABLE = 4;

  private Main() {}

  public static void main(String[] args) {
    // What goes wrong is told once, as a message of this program's; there is no logger.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(List.of(args), Ballot.terminal(), out, err);
    out.flush();
    System.exit(status);
  }

  static int run(List<String> args, Ballot ballot, PrintWriter out, PrintWriter err) {
    CommandLine line =
        new CommandLine(new Commands(new SecureRandom(), ballot))
            .registerConverter(Address.class, Address::parse)
            .registerConverter(HospitalId.class, HospitalId::new)
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler((wrong, given) -> wrong(wrong, err))
            .setExecutionExceptionHandler((e, command, given) -> trouble(e, err));
    line.addMixin("help", new Help());
    line.getSubcommands().values().forEach(command -> command.addMixin("help", new Help()));
    if (args.isEmpty()) {
      line.usage(err);
      return USAGE;
    }
    return line.execute(args.toArray(String[]::new));
  }

  /** For each command, by itself. */
  @CommandLine.Command(
      mixinStandardHelpOptions = false,
      exitCodeListHeading = "%nExit status:%n",
      exitCodeList = {
        "0:done",
        "1:the ledger's rules refuse it; nothing was changed",
        "2:wrong usage, file or key",
        "4:no node can be used, or it is not known whether it happened"
      })
  private static final class Help {
    @CommandLine.Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Print this.")
    private boolean help;
  }

  private static int wrong(ParameterException wrong, PrintWriter err) {
    err.println("sillok-ledger: " + wrong.getMessage());
    err.println("Try --help.");
    return USAGE;
  }

  private static int trouble(Exception e, PrintWriter err) throws Exception {
    if (e instanceof LedgerRefusedException refused) {
      err.println("sillok-ledger: refused by the ledger: " + refused.getMessage());
      return REFUSED;
    }
    if (e instanceof LedgerUnavailableException || e instanceof RpcException) {
      err.println("sillok-ledger: " + e.getMessage());
      return UNAVAILABLE;
    }
    if (e instanceof FileAlreadyExistsException there) {
      err.println("sillok-ledger: " + there.getFile() + " is there already");
      return USAGE;
    }
    if (e instanceof IllegalArgumentException
        || e instanceof SigningException
        || e instanceof KeyFileException
        || e instanceof IOException) {
      err.println("sillok-ledger: " + e.getMessage());
      return USAGE;
    }
    throw e;
  }
}
