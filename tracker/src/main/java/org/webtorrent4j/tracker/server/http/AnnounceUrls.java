package org.webtorrent4j.tracker.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** What to announce to, as whoever asks would write it, for he chose the name of this host. */
final class AnnounceUrls {
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s/?#@:\\[\\]]+)(:[0-9]{1,5})?");
  private static final Pattern PROTO = forwarded("proto");
  private static final Pattern HOST = forwarded("host");

  private AnnounceUrls() {}

  private static Pattern forwarded(String name) {
    return Pattern.compile("(?i)(?:^|;)\\s*" + name + "\\s*=\\s*\"?([^\";]*)");
  }

  /** URLs for HTTP and WebSockets, secure ones if a trusted proxy says so; and for UDP. */
  static List<String> of(Request request, TrustedProxies proxies, OptionalInt udpPort) {
    boolean isTrusted = proxies.contains(Requester.remote(request));
    String proto = isTrusted ? told(request, "X-Forwarded-Proto", PROTO) : "";
    String told = isTrusted ? told(request, "X-Forwarded-Host", HOST) : "";
    String asked = String.valueOf(request.getHttpURI().getAuthority());
    String authority = AUTHORITY.matcher(told).matches() ? told : asked;
    boolean isSecure = proto.equalsIgnoreCase("https") || proto.equalsIgnoreCase("wss");
    List<String> urls = new ArrayList<>();
    urls.add((isSecure ? "https://" : "http://") + authority + "/announce");
    urls.add((isSecure ? "wss://" : "ws://") + authority + "/announce");
    Matcher host = AUTHORITY.matcher(authority);
    if (udpPort.isPresent() && host.matches()) {
      urls.add("udp://" + host.group(1) + ":" + udpPort.getAsInt() + "/announce");
    }
    return urls;
  }

  /** The first proxy knows what the browser saw; those behind it append, or leave it. */
  private static String told(Request request, String header, Pattern parameter) {
    String value = request.getHeaders().get(header);
    if (value != null && !value.isBlank()) {
      return value.split(",", 2)[0].strip();
    }
    String forwarded = request.getHeaders().get("Forwarded");
    if (forwarded == null) {
      return "";
    }
    Matcher named = parameter.matcher(forwarded.split(",", 2)[0]);
    return named.find() ? named.group(1).strip() : "";
  }
}
