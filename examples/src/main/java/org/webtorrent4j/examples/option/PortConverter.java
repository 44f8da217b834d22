package org.webtorrent4j.examples.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port; 0 stands for any free one. */
public final class PortConverter implements ITypeConverter<Integer> {
  private static final int MAX = 65535;

  @Override
  public Integer convert(String text) {
    int port = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > MAX) {
      throw new TypeConversionException(
          "'" + text + "' is not a port: it must be from 0 to " + MAX);
    }
    return port;
  }
}
