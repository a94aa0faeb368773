package org.sillok.testdata.console;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What the tools print: numbered steps, lines, and the progress of long work. On a terminal
 * progress is one line that is drawn again; elsewhere it is a line at every quarter. Not
 * thread-safe, except for {@link Progress#advance}.
 */
public final class Terminal {

  private final PrintStream out;
  private final boolean interactive;
  private int steps;

  public Terminal(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** Standard output, a terminal if {@code ./sillok} saw one. */
  public static Terminal standard() {
    return new Terminal(System.out, Boolean.getBoolean("sillok.tty"));
  }

  /** The heading of the next step. */
  public void step(String text) {
    steps++;
    out.printf(Locale.ROOT, "%n%d. %s%n", steps, text);
  }

  public void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /** Starts to show the progress of {@code total} units of work. */
  public Progress progress(String label, long total) {
    return new Progress(label, total);
  }

  /** Progress of one piece of work; threads may share it. */
  public final class Progress {
    private static final int WIDTH = 30;
    private final String label;
    private final long total;
    private long done;
    private long shown = -1;

    private Progress(String label, long total) {
      this.label = label;
      this.total = Math.max(1, total);
      advance(0);
    }

    /** Adds {@code units} to what is done. */
    public synchronized void advance(long units) {
      done = Math.min(total, done + units);
      long mark = done * (interactive ? 1000 : 4) / total;
      if (mark == shown) {
        return;
      }
      shown = mark;
      if (interactive) {
        int bar = (int) (done * WIDTH / total);
        out.printf(
            Locale.ROOT,
            "\r   %s [%s%s] %d of %d%s",
            label,
            "#".repeat(bar),
            " ".repeat(WIDTH - bar),
            done,
            total,
            done == total ? "\n" : "");
      } else {
        out.printf(Locale.ROOT, "   %s: %d of %d%n", label, done, total);
      }
      out.flush();
    }
  }
}
