package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.TrackerException;

/**
 * One request to a tracker by all of its addresses that are to be asked, one for each address
 * family: what it needs from the host name to the answers. When one has answered the others have a
 * moment left, since often one family leads nowhere. Confined to the event loop.
 */
final class Question<T> {
  private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

  /** An answer that is lost is asked for after a sixth of the time and after another third. */
  private static final int FIRST_PAUSE = 6;

  /** Told how it ended, on the loop and not inside {@link #start}, unless it was cancelled. */
  interface Handler<T> {
    /** What the addresses answered, at least one. */
    void onAnswers(List<T> answers);

    /** None answered. */
    void onFailure(TrackerException cause);
  }

  /** Chooses the addresses to be asked. */
  interface Chooser {
    /**
     * Some of the addresses, at least one.
     *
     * @throws IOException if none may be asked
     */
    List<Endpoint> choose(InetAddress[] addresses) throws IOException;
  }

  private final EventLoop loop;
  private final AddressSearch search;
  private final Chooser chooser;
  private final UdpRequest<T> request;
  private final Duration limit;
  private final List<Exchange<T>> exchanges = new ArrayList<>();
  private final List<T> answers = new ArrayList<>();
  private @Nullable Handler<T> handler;
  private EventLoop.@Nullable Timer timer;
  private @Nullable TrackerException refusal;
  private @Nullable IOException fault;
  private int open;

  /**
   * A question that has not been asked.
   *
   * @param limit how long it may take in all
   */
  Question(
      EventLoop loop,
      AddressSearch search,
      Chooser chooser,
      UdpRequest<T> request,
      Duration limit) {
    this.loop = loop;
    this.search = search;
    this.chooser = chooser;
    this.request = request;
    this.limit = limit;
  }

  void start(Handler<T> toBeTold) {
    assert loop.inLoop();
    handler = toBeTold;
    fault = new IOException("the host name was not resolved within " + limit.toSeconds() + " s");
    timer = loop.schedule(limit.toNanos(), this::end);
    search.start(
        new AddressSearch.Handler() {
          @Override
          public void onAddresses(InetAddress[] addresses) {
            ask(addresses);
          }

          @Override
          public void onFailure(IOException cause) {
            fault = cause;
            end();
          }
        });
  }

  /** Gives up; the handler is not called any more. */
  void cancel() {
    assert loop.inLoop();
    handler = null;
    search.cancel();
    exchanges.forEach(Exchange::cancel);
    if (timer != null) {
      timer.cancel();
    }
  }

  private void ask(InetAddress[] addresses) {
    List<Endpoint> endpoints;
    try {
      endpoints = chooser.choose(addresses);
    } catch (IOException e) {
      fault = e;
      end();
      return;
    }
    fault = new IOException("no answer within " + limit.toSeconds() + " s");
    Duration pause = limit.dividedBy(FIRST_PAUSE);
    endpoints.forEach(to -> exchanges.add(new Exchange<>(loop, to, request, pause)));
    open = exchanges.size();
    List.copyOf(exchanges).forEach(exchange -> exchange.start(new Outcome()));
  }

  /** How it went with one address. */
  private final class Outcome implements Exchange.Handler<T> {
    @Override
    public void onAnswer(T answer) {
      answers.add(answer);
      if (answers.size() == 1 && open > 1 && timer != null) {
        timer.cancel();
        timer = loop.schedule(GRACE_NANOS, Question.this::end);
      }
      onEnded();
    }

    @Override
    public void onRefused(TrackerException cause) {
      refusal = cause;
      onEnded();
    }

    @Override
    public void onUnreachable(IOException cause) {
      // The failure of one family says nothing while the other may answer.
      fault = open == 1 ? cause : fault;
      onEnded();
    }

    private void onEnded() {
      if (--open == 0) {
        end();
      }
    }
  }

  private void end() {
    Handler<T> told = handler;
    cancel();
    if (told == null) {
      return;
    }
    if (!answers.isEmpty()) {
      told.onAnswers(answers);
    } else {
      told.onFailure(refusal != null ? refusal : failure());
    }
  }

  private TrackerException failure() {
    String message = fault == null ? null : fault.getMessage();
    return new TrackerException(message == null ? "no answer" : message, fault);
  }
}
