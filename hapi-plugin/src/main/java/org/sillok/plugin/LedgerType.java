package org.sillok.plugin;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** By which part of the configuration the ledger is made: {@code sillok.ledger.type}. */
final class LedgerType {

  private LedgerType() {}

  private static boolean isBesu(ConditionContext context) {
    return "besu".equalsIgnoreCase(context.getEnvironment().getProperty("sillok.ledger.type"));
  }

  /** On the chain that hospitals share. */
  static final class Besu implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return isBesu(context);
    }
  }

  /** Everything else; what is no type at all is refused when the settings are read. */
  static final class Embedded implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !isBesu(context);
    }
  }
}
