package org.webtorrent4j.examples.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a file or folder. */
public final class PathConverter implements ITypeConverter<Path> {
  private static final char REPLACEMENT = '\ufffd';

  @Override
  public Path convert(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("'' is no path: the current folder is '.'");
    }
    // In the POSIX locale Java gets such a character for each byte that it cannot read.
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8()) {
      throw new TypeConversionException(
          "'" + text + "' has letters that this locale lacks: run it with LC_ALL=C.UTF-8");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no path: " + e.getReason());
    }
  }

  private static boolean isUtf8() {
    return System.getProperty("sun.jnu.encoding", "UTF-8").equalsIgnoreCase("UTF-8");
  }
}
