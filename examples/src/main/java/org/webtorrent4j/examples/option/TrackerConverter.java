package org.webtorrent4j.examples.option;

import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.TrackerUrl;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the URL of a tracker. */
public final class TrackerConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    try {
      return TrackerUrl.parse(text).toString();
    } catch (TrackerException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
