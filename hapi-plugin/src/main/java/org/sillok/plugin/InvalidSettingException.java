package org.sillok.plugin;

/** A setting that Sillok can't start with. */
final class InvalidSettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String property;

  InvalidSettingException(String property, String wanted, String got) {
    super(property + " wants " + wanted + ", got '" + got + "'");
    this.property = property;
  }

  String property() {
    return property;
  }
}
