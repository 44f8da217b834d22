package org.webtorrent4j.examples.option;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address of this machine to listen at. */
public final class AddressConverter implements ITypeConverter<InetAddress> {
  @Override
  public InetAddress convert(String text) {
    try {
      if (!text.isBlank()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      // told below
    }
    throw new TypeConversionException("'" + text + "' is no address to listen at");
  }
}
