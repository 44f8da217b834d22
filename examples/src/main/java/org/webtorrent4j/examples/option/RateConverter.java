package org.webtorrent4j.examples.option;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads numbers of bytes: {@code 1500000}, {@code 500k}, {@code 2M}, {@code 1.5MB/s}, {@code 4Mi}.
 */
public final class RateConverter implements ITypeConverter<Long> {
  private static final Pattern RATE =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)([kmg]?)(i?)b?(?:/s)?");

  @Override
  public Long convert(String text) {
    Matcher rate = RATE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!rate.matches() || (rate.group(2).isEmpty() && !rate.group(3).isEmpty())) {
      throw new TypeConversionException(
          "'" + text + "' is not a number of bytes like 500k, 2M or 1500000");
    }
    BigDecimal step = new BigDecimal(rate.group(3).isEmpty() ? 1000 : 1024);
    BigDecimal unit = step.pow(" kmg".indexOf(rate.group(2).isEmpty() ? " " : rate.group(2)));
    return new BigDecimal(rate.group(1)).multiply(unit).longValue();
  }
}
