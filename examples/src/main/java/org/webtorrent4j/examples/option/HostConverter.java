package org.webtorrent4j.examples.option;

import java.util.regex.Pattern;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.TrackerUrl;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name or address of a host as it stands in a URL, an IPv6 address in brackets. */
public final class HostConverter implements ITypeConverter<String> {
  /** Without what begins or ends another part of a URL. */
  private static final Pattern HOST = Pattern.compile("[^/?#@:\\[\\]]+|\\[[^/?#@\\[\\]]+]");

  @Override
  public String convert(String text) {
    boolean isBareIpv6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    String host = isBareIpv6 ? "[" + text + "]" : text;
    if (!HOST.matcher(host).matches()) {
      throw new TypeConversionException(fault(text));
    }
    String ascii = inUrl(host, text);
    if (!ascii.equalsIgnoreCase(host)) { // it has a blank, or letters of another alphabet
      boolean isOtherAlphabet = !host.chars().allMatch(c -> c < 0x80);
      throw new TypeConversionException(
          isOtherAlphabet ? "'" + text + "' is not in ASCII: in URLs it is " + ascii : fault(text));
    }
    return host;
  }

  private static String inUrl(String host, String text) {
    String before = "http://";
    String after = ":1/announce";
    try {
      String url = TrackerUrl.parse(before + host + after).toString();
      return url.endsWith(after) && url.length() > before.length() + after.length()
          ? url.substring(before.length(), url.length() - after.length())
          : "";
    } catch (TrackerException e) {
      throw new TypeConversionException(fault(text));
    }
  }

  private static String fault(String text) {
    return "'" + text + "' is not the name or the address of a host";
  }
}
