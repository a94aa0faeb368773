package org.sillok.ledger;

/**
 * The ledger's rules forbid a write; nothing was changed. Names the rule, what came, what holds.
 */
public final class LedgerRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Rule rule;
  private final String got;
  private final String want;

  public LedgerRefusedException(Rule rule, Object got, Object want) {
    super(rule.errorName() + ": got " + got + ", want " + want);
    this.rule = rule;
    this.got = got.toString();
    this.want = want.toString();
  }

  public Rule rule() {
    return rule;
  }

  public String got() {
    return got;
  }

  public String want() {
    return want;
  }
}
