package org.webtorrent4j.rtc.ice;

import java.util.random.RandomGenerator;
import org.webtorrent4j.rtc.stun.StunAuth;
import org.webtorrent4j.rtc.stun.StunWriter;

/** What all agents of a thread share. */
public record IceContext(
    StunAuth auth, StunWriter writer, CheckPacer pacer, RandomGenerator random) {
  /** A new one. */
  public static IceContext create(RandomGenerator random) {
    StunAuth auth = new StunAuth();
    return new IceContext(auth, new StunWriter(auth), new CheckPacer(), random);
  }
}
