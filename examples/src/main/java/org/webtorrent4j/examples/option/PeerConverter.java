package org.webtorrent4j.examples.option;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}; IPv6 addresses stand in brackets. */
public final class PeerConverter implements ITypeConverter<InetSocketAddress> {
  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new TypeConversionException("put an IPv6 address in brackets: [" + host + "]:PORT");
    }
    int port = port(text.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new TypeConversionException(
          "'" + text + "' is not HOST:PORT, with a port from 1 to 65535");
    }
    return InetSocketAddress.createUnresolved(host, port);
  }

  private static int port(String digits) {
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
  }
}
