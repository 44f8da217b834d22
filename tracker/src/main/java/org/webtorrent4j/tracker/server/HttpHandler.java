package org.webtorrent4j.tracker.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.webtorrent4j.bencode.BencodeWriter;

/**
 * Answers HTTP: {@code /announce}, {@code /scrape} and pages with numbers. A fault of the requester
 * is answered with status 200 and a {@code failure reason}, for clients read no other. Thread-safe.
 */
final class HttpHandler extends Handler.Abstract.NonBlocking {
  private final TrackerOptions options;
  private final SwarmTable swarms;
  private final LongAdder announces = new LongAdder();
  private final LongAdder scrapes = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  HttpHandler(TrackerOptions options, SwarmTable swarms) {
    this.options = options;
    this.swarms = swarms;
  }

  TrackerStats stats() {
    Swarm.Counts counts = swarms.counts();
    return new TrackerStats(
        swarms.torrents(),
        counts.peers(),
        counts.seeds(),
        counts.leeches(),
        counts.peers() - counts.ipv6(),
        counts.ipv6(),
        announces.sum(),
        scrapes.sum(),
        refusals.sum());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (request.getHttpURI().getPath()) {
      case "/announce", "/scrape" -> send(response, "text/plain", serve(request), callback);
      case "/", "/stats" -> {
        String page = StatsPage.html(stats(), announceUrl(request));
        send(response, "text/html; charset=utf-8", utf8(page), callback);
      }
      case "/stats.json" ->
          send(response, "application/json", utf8(StatsPage.json(stats())), callback);
      default -> {
        response.setStatus(404);
        send(response, "text/plain", utf8("not found\n"), callback);
      }
    }
    return true;
  }

  /** As the requester would write it, who chose the name of this host. */
  private static String announceUrl(Request request) {
    return "http://" + request.getHttpURI().getAuthority() + "/announce";
  }

  private byte[] serve(Request request) {
    try {
      if (!request.getMethod().equals("GET")) {
        throw new Refusal("only GET is served");
      }
      String raw = request.getHttpURI().getQuery();
      HttpQuery query = HttpQuery.parse(raw == null ? "" : raw);
      return request.getHttpURI().getPath().equals("/announce")
          ? announce(query, requester(request))
          : scrape(query);
    } catch (Refusal e) {
      refusals.increment();
      return new BencodeWriter().beginDict().put("failure reason", e.fault()).end().toByteArray();
    }
  }

  private byte[] announce(HttpQuery query, InetAddress requester) throws Refusal {
    HttpAnnounce announce = HttpAnnounce.read(query, requester);
    byte[] answer = announce.encode(swarms.announce(announce.announce()), options);
    announces.increment();
    return answer;
  }

  private byte[] scrape(HttpQuery query) throws Refusal {
    byte[] answer = HttpScrape.answer(query, swarms, options);
    scrapes.increment();
    return answer;
  }

  /** Who asks; without the interface that a link-local address may carry. */
  private InetAddress requester(Request request) throws Refusal {
    String forwarded = request.getHeaders().get(HttpHeader.X_FORWARDED_FOR);
    if (options.trustsProxy() && forwarded != null) {
      return ForwardedFor.last(forwarded);
    }
    if (request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress remote) {
      try {
        return InetAddress.getByAddress(remote.getAddress().getAddress());
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e); // only for lengths other than 4 and 16
      }
    }
    throw new Refusal("a requester without an address");
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
