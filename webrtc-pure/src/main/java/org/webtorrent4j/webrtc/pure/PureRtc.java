package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.rtc.dtls.DtlsIdentity;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcProvider;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/** The provider of this module. Any thread but the event loop. */
public final class PureRtc implements RtcProvider {
  private static final int PRIORITY = 50;

  /** For the service loader. */
  public PureRtc() {}

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  /** Experimental. */
  @Override
  public boolean isForNamedUseOnly() {
    return true;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public RtcEngine open(RtcSettings settings, EventLoop loop) {
    try {
      SecureRandom random = new SecureRandom();
      DtlsIdentity identity = DtlsIdentity.create(random, Instant.now());
      return new PureEngine(settings, loop, Sockets.open(settings), identity, random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no ECDSA", e);
    }
  }
}
