package org.webtorrent4j.tracker.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that sends what the test says, word by word, and shows what comes back. */
final class ScriptedSocket implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int LIMIT_SECONDS = 20;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private ScriptedSocket(WebSocket.Builder builder, String url) {
    socket = builder.buildAsync(URI.create(url), this).join();
  }

  static ScriptedSocket open(String url) {
    return new ScriptedSocket(HTTP.newWebSocketBuilder(), url);
  }

  static ScriptedSocket open(String url, String header, String value) {
    return new ScriptedSocket(HTTP.newWebSocketBuilder().header(header, value), url);
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void sendFragment(String text, boolean isLast) {
    socket.sendText(text, isLast).join();
  }

  void sendBinary(String text) {
    socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true).join();
  }

  /** The next message, which must come. */
  JsonObject receive() throws InterruptedException {
    String text = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing came");
    }
    return JsonParser.parseString(text).getAsJsonObject();
  }

  /** What is sent now is answered last: whatever else was sent before has come by then. */
  boolean isSilent() throws InterruptedException {
    send("{\"action\":\"scrape\",\"info_hash\":\"" + "s".repeat(20) + "\"}");
    return receive().get("action").getAsString().equals("scrape");
  }

  int received() {
    return received.size();
  }

  int closeCode() {
    return closed.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      received.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(statusCode);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
    socket.abort();
  }
}
