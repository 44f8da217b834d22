package org.webtorrent4j.examples.option;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the origin of a web page as browsers tell it: {@code https://example.org:8443}. */
public final class OriginConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    String origin = text.toLowerCase(Locale.ROOT).replaceFirst("/$", "");
    try {
      URI uri = new URI(origin);
      if (origin.matches("https?://[^/?#@]+") && uri.getHost() != null) {
        return origin.replaceFirst("^(http://.*):80$|^(https://.*):443$", "$1$2");
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new TypeConversionException(
        "'" + text + "' is not the origin of a page, like https://example.org");
  }
}
