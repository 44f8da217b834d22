package org.webtorrent4j.examples.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Looks a path up in a table, so that no path leads anywhere else. Thread-safe. It runs on threads
 * that may wait, as numbers of a torrent make them do.
 */
final class PageHandler extends Handler.Abstract {
  private final Map<String, Resource> resources;
  private final String policy;

  /**
   * A handler of all paths.
   *
   * @param connections what pages may connect to besides this server, in the words of a content
   *     security policy
   */
  PageHandler(Map<String, Resource> resources, String connections) {
    this.resources = Map.copyOf(resources);
    this.policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
            + "img-src 'self' blob:; media-src 'self' blob:; connect-src 'self' "
            + connections
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    protect(response.getHeaders());
    Resource resource = resources.get(request.getHttpURI().getPath());
    if (!HostRule.accepts(Request.getServerName(request))) {
      refuse(421, "ask for localhost or an address", response, callback);
    } else if (resource == null) {
      refuse(404, "not found", response, callback);
    } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      refuse(405, "only GET and HEAD are served", response, callback);
    } else {
      serve(resource, request, response, callback);
    }
    return true;
  }

  private void protect(HttpFields.Mutable headers) {
    headers.put("Content-Security-Policy", policy);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
  }

  private static void serve(
      Resource resource, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    if (resource.tag().isEmpty()) {
      headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    } else {
      // Kept, but asked about each time: the next version may be served at the same address.
      headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
      headers.put(HttpHeader.ETAG, resource.tag().get());
      if (resource.tag().get().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
        response.setStatus(304);
        response.write(true, ByteBuffer.allocate(0), callback);
        return;
      }
    }
    send(resource.type(), resource.bytes(), response, callback);
  }

  private static void refuse(int status, String why, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    byte[] text = (why + "\n").getBytes(StandardCharsets.UTF_8);
    send("text/plain; charset=utf-8", text, response, callback);
  }

  private static void send(String type, byte[] body, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
