package org.webtorrent4j.webrtc.libwebrtc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.libwebrtc.load.NativeLibrary;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcProvider;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/** The provider of this module. Any thread but the event loop. */
public final class LibWebRtc implements RtcProvider {
  private static final int PRIORITY = 100;

  /** For the service loader. */
  public LibWebRtc() {}

  @Override
  public String name() {
    return "libwebrtc";
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public Optional<String> unavailable() {
    try {
      return NativeLibrary.unavailable();
    } catch (NoClassDefFoundError e) {
      return Optional.of("webrtc-java is missing: add dev.onvoid.webrtc:webrtc-java:0.14.0");
    }
  }

  @Override
  public RtcEngine open(RtcSettings settings, EventLoop loop) {
    return open(settings, loop, Limits.DEFAULT);
  }

  /** {@link #open(RtcSettings, EventLoop)} with other limits, for tests. */
  public static RtcEngine open(RtcSettings settings, EventLoop loop, Limits limits) {
    NativeLibrary.unavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    try {
      return new LibWebRtcEngine(settings, limits, loop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
