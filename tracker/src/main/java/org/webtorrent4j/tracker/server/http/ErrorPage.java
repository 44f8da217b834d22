package org.webtorrent4j.tracker.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.webtorrent4j.bencode.BencodeWriter;

/**
 * What is answered to requests that reach no handler, such as those with too long a head: a failure
 * that peers can read, and a line of text for whoever wants a WebSocket. Thread-safe.
 */
public final class ErrorPage implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String fault =
        switch (response.getStatus()) {
          case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
              "the request is too long: fewer torrents at once, please";
          case HttpStatus.FORBIDDEN_403 -> "pages of this origin may not connect";
          case HttpStatus.SERVICE_UNAVAILABLE_503 -> "too many connections";
          default -> "not served: " + HttpStatus.getMessage(response.getStatus());
        };
    byte[] body =
        request.getHeaders().contains(HttpHeader.UPGRADE)
            ? (fault + "\n").getBytes(StandardCharsets.UTF_8)
            : new BencodeWriter().beginDict().put("failure reason", fault).end().toByteArray();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
