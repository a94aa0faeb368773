package org.sillok.testdata.server;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the port on a command line. */
public final class Port implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65535) {
      throw new TypeConversionException("a port is a number from 1 to 65535, got '" + text + "'");
    }
    return Integer.valueOf(text);
  }
}
