package org.sillok.plugin;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ForeignLogException;
import org.sillok.log.KeyFileException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one sentence why Sillok does not let the server start, and which property or file to look
 * at.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureAnalyzer implements FailureAnalyzer {

  private static final int DEEPEST = 50;

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
      String what = describe(cause);
      if (what != null) {
        return new FailureAnalysis(what + ": " + cause.getMessage(), null, cause);
      }
    }
    return null;
  }

  private static @Nullable String describe(Throwable cause) {
    if (cause instanceof InvalidSettingException) {
      return "Sillok cannot work with this setting";
    } else if (cause instanceof UnsafeStorageException) {
      return "Sillok cannot keep its word with this server's settings (sillok.enabled=false starts the server without it)";
    } else if (cause instanceof KeyFileException) {
      return "Sillok cannot use a key file";
    } else if (cause instanceof ForeignLogException) {
      return "Sillok cannot work with this database";
    } else if (cause instanceof FlywayException) {
      return "Sillok's tables in this database are not of this version and were left as they are";
    }
    return null;
  }
}
