package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.TrackerException;

/**
 * One request to one address of a tracker: sent, sent again, until there is an answer or whoever
 * asked gives up. Confined to the event loop.
 */
final class Exchange<T> implements Endpoint.Waiting {
  /** Told how it ended, at most once, unless it was cancelled. */
  interface Handler<T> {
    /** The tracker answered. */
    void onAnswer(T answer);

    /** The tracker said no. */
    void onRefused(TrackerException cause);

    /** Nothing can be sent to this address. */
    void onUnreachable(IOException cause);
  }

  private final EventLoop loop;
  private final Endpoint endpoint;
  private final UdpRequest<T> request;
  private final int transactionId;
  private @Nullable Handler<T> handler;
  private EventLoop.@Nullable Timer timer;
  private long pauseNanos;
  private OptionalLong usedId = OptionalLong.empty();
  private boolean isIdNew;

  /**
   * An exchange that has not begun.
   *
   * @param firstPause how long to wait for an answer before asking again; doubled each time
   */
  Exchange(EventLoop loop, Endpoint endpoint, UdpRequest<T> request, Duration firstPause) {
    this.loop = loop;
    this.endpoint = endpoint;
    this.request = request;
    this.pauseNanos = firstPause.toNanos();
    this.transactionId = endpoint.open(this::onReply);
  }

  /** Begins; the handler may be called inside this call. */
  void start(Handler<T> toBeTold) {
    handler = toBeTold;
    timer = loop.schedule(pauseNanos, this::onSilence);
    send();
  }

  /** Gives up; the handler is not called any more. */
  void cancel() {
    handler = null;
    endpoint.leave(this);
    endpoint.close(transactionId);
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void send() {
    try {
      usedId = endpoint.connectionId();
      if (usedId.isPresent()) {
        endpoint.send(request.packet(usedId.getAsLong(), transactionId));
      } else {
        endpoint.connect(this);
      }
    } catch (IOException e) {
      Handler<T> told = end();
      if (told != null) {
        told.onUnreachable(e);
      }
    }
  }

  private void onSilence() {
    // An old connection id may be what the tracker is silent about: it or our address has changed.
    if (usedId.isPresent() && !isIdNew) {
      endpoint.forget(usedId.getAsLong());
    }
    pauseNanos *= 2;
    timer = loop.schedule(pauseNanos, this::onSilence);
    send();
  }

  @Override
  public void onConnected() {
    // Those who were told before us may have ended us.
    if (handler != null) {
      isIdNew = true;
      send();
    }
  }

  @Override
  public void onRefused(TrackerException cause) {
    Handler<T> told = end();
    if (told != null) {
      told.onRefused(cause);
    }
  }

  private void onReply(UdpReply reply) throws ProtocolException {
    T answer;
    try {
      answer = request.answer(reply, endpoint.address());
    } catch (TrackerException e) {
      usedId.ifPresent(endpoint::forget); // it may be what the tracker does not like
      onRefused(e);
      return;
    }
    Handler<T> told = end();
    if (told != null) {
      told.onAnswer(answer);
    }
  }

  private @Nullable Handler<T> end() {
    Handler<T> told = handler;
    cancel();
    return told;
  }
}
