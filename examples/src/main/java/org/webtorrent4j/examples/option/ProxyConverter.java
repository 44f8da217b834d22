package org.webtorrent4j.examples.option;

import java.util.Set;
import org.webtorrent4j.tracker.server.TrackerOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a proxy, or a network: {@code 10.1.2.3}, {@code 172.16.0.0/12}. */
public final class ProxyConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    try {
      TrackerOptions.builder().trustedProxies(Set.of(text));
      return text;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is neither an address nor a network");
    }
  }
}
