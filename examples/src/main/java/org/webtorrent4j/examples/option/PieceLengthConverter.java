package org.webtorrent4j.examples.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the length of a piece: a power of two from 16 KiB to 64 MiB. */
public final class PieceLengthConverter implements ITypeConverter<Integer> {
  private static final long MIN = 16 << 10;
  private static final long MAX = 64 << 20;

  @Override
  public Integer convert(String text) {
    long length = new RateConverter().convert(text);
    if (length < MIN || length > MAX || Long.bitCount(length) != 1) {
      throw new TypeConversionException(
          "'" + text + "' is no power of two from 16Ki to 64Mi: take " + nearest(length));
    }
    return (int) length;
  }

  private static String nearest(long length) {
    if (length < MIN || length > MAX) {
      return shown(Math.min(MAX, Math.max(MIN, length)));
    }
    long below = Long.highestOneBit(length);
    return shown(below) + " or " + shown(below * 2);
  }

  private static String shown(long length) {
    return (length < 1 << 20 ? (length >> 10) + "Ki" : (length >> 20) + "Mi") + " (" + length + ")";
  }
}
