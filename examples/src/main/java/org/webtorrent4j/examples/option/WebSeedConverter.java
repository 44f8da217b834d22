package org.webtorrent4j.examples.option;

import org.webtorrent4j.metainfo.MetainfoException;
import org.webtorrent4j.metainfo.WebSeedUrl;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the URL of a server that has the content. */
public final class WebSeedConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    try {
      return WebSeedUrl.parse(text);
    } catch (MetainfoException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
