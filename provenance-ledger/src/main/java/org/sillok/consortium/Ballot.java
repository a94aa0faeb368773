package org.sillok.consortium;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a person says yes to what was shown. */
interface Ballot {

  /** What was typed after the question; empty if nobody is there to be asked. */
  Optional<String> ask(String question);

  /** At this process's terminal. */
  static Ballot terminal() {
    return question -> {
      Console console = System.console();
      return console == null || !isTerminal(console)
          ? Optional.empty()
          : Optional.of(typed(console.readLine("%s", question)));
    };
  }

  private static String typed(@Nullable String line) {
    return line == null ? "" : line;
  }

  /** From Java 22 on there is a console without a terminal as well, and this method. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
