package org.webtorrent4j.webrtc;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** Whether WebRTC works on this machine, for programs that tell their users. Thread-safe. */
public final class WebRtcSupport {
  private WebRtcSupport() {}

  /**
   * An implementation of WebRTC.
   *
   * @param name by which {@link WebRtcOptions} can choose it
   * @param problem why it does not work here and what a user can do about it; empty if it works
   */
  public record Provider(String name, Optional<String> problem) {}

  /**
   * The implementations, the one that is used first among those that work before the others. Loads
   * native libraries, which takes up to a second.
   */
  public static List<Provider> providers() {
    return Implementations.installed().providers().stream()
        .map(provider -> new Provider(provider.name(), Implementations.problem(provider)))
        .toList();
  }

  /** Whether there is an address besides loopback, which libwebrtc never uses. */
  public static boolean hasNetwork() {
    try {
      return NetworkInterface.networkInterfaces().anyMatch(WebRtcSupport::isUseful);
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isUseful(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && network.inetAddresses().count() > 0;
    } catch (SocketException e) {
      return false;
    }
  }
}
