package org.webtorrent4j.webrtc.rtc;

import java.util.Optional;
import org.webtorrent4j.loop.EventLoop;

/** An implementation of WebRTC data channels. */
public interface RtcProvider {
  /** A short name, by which an option can choose it: {@code libwebrtc}. */
  String name();

  /** Of those that are available, the one with the highest number is used. */
  int priority();

  /** Whether it is passed over unless an option names it: one that is not finished yet. */
  default boolean isForNamedUseOnly() {
    return false;
  }

  /**
   * Tries whether it works on this machine. The first call may take a second, because it loads a
   * native library; the outcome is remembered. Any thread but the event loop.
   *
   * @return why it does not, and what a user can do about it; empty if it does
   */
  Optional<String> unavailable();

  /**
   * Starts an engine; only if it is available. Any thread but the event loop.
   *
   * @param loop where the engine is called and calls back
   */
  RtcEngine open(RtcSettings settings, EventLoop loop);
}
