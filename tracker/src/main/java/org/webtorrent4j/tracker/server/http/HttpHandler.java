package org.webtorrent4j.tracker.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.webtorrent4j.bencode.BencodeWriter;
import org.webtorrent4j.tracker.server.swarm.Refusal;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/**
 * Answers HTTP: {@code /announce}, {@code /scrape} and pages with numbers. A fault of the requester
 * is answered with status 200 and a {@code failure reason}, for clients read no other. Thread-safe.
 */
public final class HttpHandler extends Handler.Abstract.NonBlocking {
  private final Duration interval;
  private final TrustedProxies proxies;
  private final boolean believesIp;
  private final Supplier<OptionalInt> udpPort;
  private final SwarmTable swarms;
  private final Supplier<List<Metric>> metrics;
  private final RequestCounter requests = new RequestCounter();

  /**
   * A handler of all paths.
   *
   * @param interval how often peers are asked to announce
   * @param proxies those whose word on who asks is believed
   * @param believesIp whether local peers may announce another address than their own
   * @param udpPort where else peers can announce, once it is known
   * @param metrics the numbers to show; called from several threads
   */
  public HttpHandler(
      Duration interval,
      TrustedProxies proxies,
      boolean believesIp,
      SwarmTable swarms,
      Supplier<OptionalInt> udpPort,
      Supplier<List<Metric>> metrics) {
    this.interval = interval;
    this.proxies = proxies;
    this.believesIp = believesIp;
    this.udpPort = udpPort;
    this.swarms = swarms;
    this.metrics = metrics;
  }

  /** What it was asked for. */
  public RequestCounter requests() {
    return requests;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (request.getHttpURI().getPath()) {
      case "/announce", "/scrape" -> send(response, "text/plain", serve(request), callback);
      case "/", "/stats" -> {
        response.getHeaders().put(HttpHeader.VARY, "Accept");
        if (wantsJson(request)) {
          sendJson(response, callback);
        } else {
          String page =
              StatsPage.html(metrics.get(), AnnounceUrls.of(request, proxies, udpPort.get()));
          send(response, "text/html; charset=utf-8", utf8(page), callback);
        }
      }
      case "/stats.json" -> sendJson(response, callback);
      case "/metrics" -> {
        byte[] text = utf8(StatsPage.prometheus(metrics.get()));
        send(response, "text/plain; version=0.0.4; charset=utf-8", text, callback);
      }
      default -> {
        response.setStatus(404);
        send(response, "text/plain", utf8("not found\n"), callback);
      }
    }
    return true;
  }

  private static boolean wantsJson(Request request) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT);
    return accepted != null && accepted.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  private void sendJson(Response response, Callback callback) {
    send(response, "application/json", utf8(StatsPage.json(metrics.get())), callback);
  }

  private byte[] serve(Request request) {
    try {
      if (!request.getMethod().equals("GET")) {
        throw new Refusal("only GET is served");
      }
      String raw = request.getHttpURI().getQuery();
      HttpQuery query = HttpQuery.parse(raw == null ? "" : raw);
      return request.getHttpURI().getPath().equals("/announce")
          ? announce(query, request)
          : scrape(query);
    } catch (Refusal e) {
      requests.refused();
      return new BencodeWriter().beginDict().put("failure reason", e.fault()).end().toByteArray();
    }
  }

  private byte[] announce(HttpQuery query, Request request) throws Refusal {
    HttpAnnounce announce = HttpAnnounce.read(query, Requester.of(request, proxies), believesIp);
    byte[] answer = announce.encode(swarms.announce(announce.announce()), interval);
    requests.announced();
    return answer;
  }

  private byte[] scrape(HttpQuery query) throws Refusal {
    byte[] answer = HttpScrape.answer(query, swarms, interval);
    requests.scraped();
    return answer;
  }

  private static void send(Response response, String type, byte[] body, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
