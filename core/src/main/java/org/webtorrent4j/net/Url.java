package org.webtorrent4j.net;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a server as the world writes it: with blanks, bars and braces, underscores and letters
 * of every alphabet. What RFC 3986 does not allow is escaped, a host name becomes ASCII, and all
 * else is kept byte by byte: private trackers compare it. Other than {@link URI} it knows the host
 * whatever its name is. Immutable.
 */
public final class Url {
  private static final int MAX_LENGTH = 8192;
  private static final int MAX_HOST = 253;
  private static final Pattern PARTS =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]{0,30}):(?://([^/?#\\\\]*)([^?#]*)(\\?[^#]*)?)?.*",
          Pattern.DOTALL);
  private static final Pattern SERVER = Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::([0-9]*))?");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?]");

  /** The rules of IDNA 2003, which the JDK has, name another host for these than those of 2008. */
  private static final Pattern DISPUTED = Pattern.compile("[\\u00df\\u03c2\\u200c\\u200d]");

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:";

  private final String scheme;
  private final String userInfo;
  private final String host;
  private final String givenPort;
  private final String path;
  private final String query;

  private Url(Url server, String path, String query) {
    this.scheme = server.scheme;
    this.userInfo = server.userInfo;
    this.host = server.host;
    this.givenPort = server.givenPort;
    this.path = path;
    this.query = query;
  }

  private Url(Matcher parts) {
    this.scheme = parts.group(1);
    String authority = parts.group(2);
    int at = authority.lastIndexOf('@');
    this.userInfo = at < 0 ? "" : escape(authority.substring(0, at), "") + "@";
    Matcher server = SERVER.matcher(authority.substring(at + 1));
    if (!server.matches()) {
      throw new IllegalArgumentException("invalid host or port");
    }
    this.host = host(server.group(1));
    this.givenPort = port(server.group(2));
    this.path = escape(parts.group(3), "/@");
    this.query = parts.group(4) == null ? "" : escape(parts.group(4), "/@?");
  }

  /**
   * Reads a URL with a host; blanks around it are ignored, and so is a fragment.
   *
   * @throws IllegalArgumentException if it is none; the message says why and is fit for a user, and
   *     does not repeat the URL, in which there may be a password
   */
  public static Url parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("an empty URL");
    }
    if (stripped.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a URL of " + stripped.length() + " characters");
    }
    Matcher parts = PARTS.matcher(stripped);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a URL, which begins with http:// or the like");
    }
    if (parts.group(2) == null || parts.group(2).isEmpty()) {
      throw new IllegalArgumentException("a URL without a host");
    }
    Url url = new Url(parts);
    url.uri(); // knows what an IPv6 address looks like
    return url;
  }

  /** Like {@link #parse}. */
  public static Url of(URI uri) {
    return parse(uri.toString());
  }

  /** In lower case. */
  public String scheme() {
    return scheme.toLowerCase(Locale.ROOT);
  }

  /** A name of ASCII letters or an address; one of IPv6 stands in brackets. */
  public String host() {
    return host;
  }

  /** The port that is named, else that of the scheme; -1 if there is none. */
  public int port() {
    return givenPort.isEmpty() ? defaultPort() : Integer.parseInt(givenPort);
  }

  /** Begins with a slash. */
  public String path() {
    return path.isEmpty() ? "/" : path;
  }

  /**
   * What is asked for: the path, and behind it the query with its question mark, if there is one.
   */
  public String target() {
    return path() + query;
  }

  /** The path and the query as they were given, but for escapes; empty if nothing was. */
  public String pathAndQuery() {
    return path + query;
  }

  /** The query without its question mark; empty if there is none. */
  public String query() {
    return query.isEmpty() ? "" : query.substring(1);
  }

  /** Whether nothing is said but the server. */
  public boolean isBare() {
    return path().equals("/") && query.isEmpty();
  }

  /** The host, and the port if it is named: what a {@code Host} header says. */
  public String server() {
    return givenPort.isEmpty() ? host : host + ":" + givenPort;
  }

  /** What an {@code Authorization} header says for the user who is named (RFC 7617). */
  public Optional<String> authorization() {
    if (userInfo.isEmpty()) {
      return Optional.empty();
    }
    String user = decode(userInfo.substring(0, userInfo.length() - 1));
    byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** Whether both name the same scheme, host and port; users do not count. */
  public boolean isSameOrigin(Url other) {
    return origin().equals(other.origin());
  }

  /** Whether the other is the same server by TLS, both on their usual ports. */
  public boolean isUpgradedBy(Url other) {
    return scheme().equals("http")
        && port() == 80
        && other.port() == 443
        && other
            .origin()
            .equals(origin().replace("http://", "https://").replaceFirst("80$", "443"));
  }

  /** A text, not for people, that is the same for all URLs that mean the same place. */
  public String key() {
    return userInfo + origin() + path() + query;
  }

  /**
   * Where a reference leads that was found here, for example by a redirect.
   *
   * @throws IllegalArgumentException like {@link #parse}
   */
  public Url resolve(String reference) {
    String stripped = reference.strip();
    if (PARTS.matcher(stripped).matches() && stripped.contains("://")) {
      return parse(stripped);
    }
    if (stripped.startsWith("//")) {
      return parse(scheme + ":" + stripped);
    }
    String escaped = escape(stripped.split("#", 2)[0], "/@?");
    // A colon in a first segment would be taken for a scheme's.
    URI relative =
        URI.create(escaped.startsWith("/") || escaped.startsWith("?") ? escaped : "./" + escaped);
    return of(URI.create(scheme + "://" + userInfo + server() + path() + query).resolve(relative));
  }

  /** The same with more behind its query, which is escaped already: {@code a=1&b=%20}. */
  public Url withParameters(String more) {
    return withParameters(path(), more);
  }

  /** Like {@link #withParameters(String)}, with another path. */
  public Url withParameters(String otherPath, String more) {
    String separator = query.isEmpty() ? "?" : query.length() == 1 ? "" : "&";
    return new Url(this, otherPath, query + separator + more);
  }

  /** For the JDK, which does not find the host in it if that has an underscore. */
  public URI uri() {
    try {
      return new URI(toString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  /** The URL as it was given but for what had to be escaped. */
  @Override
  public String toString() {
    return scheme + "://" + userInfo + server() + pathAndQuery();
  }

  /** The URL as it may be shown to anybody: without the user and the password. */
  public String withoutUser() {
    return scheme + "://" + server() + pathAndQuery();
  }

  private String origin() {
    String name = host.toLowerCase(Locale.ROOT);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return scheme() + "://" + name + ":" + port();
  }

  private int defaultPort() {
    return switch (scheme()) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      default -> -1;
    };
  }

  private static String port(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return "";
    }
    if (digits.length() > 5 || Integer.parseInt(digits) == 0 || Integer.parseInt(digits) > 65535) {
      throw new IllegalArgumentException("invalid port");
    }
    return digits;
  }

  private static String host(String given) {
    if (IPV6.matcher(given).matches()) {
      return given;
    }
    String name = given.indexOf('%') < 0 ? given : decode(escape(given, ""));
    if (DISPUTED.matcher(name).find()) {
      throw new IllegalArgumentException("an ambiguous host name, write it as xn--…");
    }
    if (!name.chars().allMatch(c -> c < 128)) {
      name = ascii(name);
    }
    if (!NAME.matcher(name).matches() || name.length() > MAX_HOST) {
      throw new IllegalArgumentException("invalid host name");
    }
    return name;
  }

  private static String ascii(String name) {
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid host name", e);
    }
  }

  /** Escapes all but what is plain, more of it, and what is escaped already. */
  private static String escape(String text, String more) {
    StringBuilder escaped = new StringBuilder(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean isEscape = c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2);
      if (isEscape || PLAIN.indexOf(c) >= 0 || more.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return escaped.toString();
  }

  /** Decodes what was escaped here; the JDK's decoder is for forms and spoils plus signs. */
  private static String decode(String escaped) {
    return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte[] bytes, int index) {
    return index < bytes.length && Character.digit(bytes[index], 16) >= 0;
  }
}
