package org.webtorrent4j.webrtc.sdp;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one session description line by line, and keeps of it what is of use. */
final class SdpReader {
  /** Characters of a description; real ones have 500 to 3,000. */
  static final int MAX_LENGTH = 64 * 1024;

  private static final int MAX_LINES = 1000;
  private static final int MAX_LINE_LENGTH = 1024;

  /** Every candidate is a target of several packets from us. */
  static final int MAX_CANDIDATES = 50;

  /** What RFC 8841 lets us send where the peer says nothing. */
  private static final int DEFAULT_MESSAGE_SIZE = 64 * 1024;

  /** Below this, a message costs more than its bytes; nobody asks for that in good faith. */
  static final int MIN_MESSAGE_SIZE = 1024;

  private static final int SCTP_PORT = 5000;
  private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?: .*)?");
  private static final Pattern USER_FRAGMENT = Pattern.compile("[A-Za-z0-9+/=_-]{4,256}");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/=_-]{22,256}");
  private static final Pattern FINGERPRINT =
      Pattern.compile("([A-Za-z0-9-]{1,20}) +([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15,63})");

  /** All else would only be more for a parser of native code to be wrong about. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "group:",
          "msid-semantic:",
          "ice-ufrag:",
          "ice-pwd:",
          "fingerprint:",
          "setup:",
          "mid:",
          "sendrecv",
          "sctp-port:",
          "sctpmap:",
          "max-message-size:");

  private final boolean allowLoopback;
  private final StringBuilder kept = new StringBuilder(2048);
  private final List<RemoteCandidate> candidates = new ArrayList<>();
  private final List<Fingerprint> fingerprints = new ArrayList<>();
  private int lines;
  private int sections;
  private String userFragment = "";
  private String password = "";
  private Optional<RemoteSdp.Setup> setup = Optional.empty();
  private String mid = "";
  private int sctpPort = SCTP_PORT;
  private int maxMessageSize = DEFAULT_MESSAGE_SIZE;

  SdpReader(boolean allowLoopback) {
    this.allowLoopback = allowLoopback;
  }

  RemoteSdp read(String sdp) throws ProtocolException {
    if (sdp.length() > MAX_LENGTH) {
      throw new ProtocolException("session description of " + sdp.length() + " characters");
    }
    List<String> all = sdp.lines().toList();
    if (all.size() > MAX_LINES) {
      throw new ProtocolException("session description of " + all.size() + " lines");
    }
    for (String line : all) {
      readLine(line);
    }
    return end();
  }

  private void readLine(String line) throws ProtocolException {
    if (line.isEmpty()) {
      return;
    }
    check(line);
    switch (line.charAt(0)) {
      case 'v', 'o', 's', 't', 'c' -> keep(line);
      case 'm' -> readSection(line);
      case 'a' -> readAttribute(line, line.substring(2));
      default -> {}
    }
  }

  private void check(String line) throws ProtocolException {
    if (line.length() > MAX_LINE_LENGTH || line.length() < 2 || line.charAt(1) != '=') {
      throw new ProtocolException("line of a session description that is none");
    }
    if (line.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new ProtocolException("session description that is not ASCII");
    }
    if (lines++ == 0 && !line.equals("v=0")) {
      throw new ProtocolException("session description of an unknown version");
    }
  }

  private void keep(String line) {
    kept.append(line).append("\r\n");
  }

  private void readSection(String line) throws ProtocolException {
    sections++;
    if (sections > 1 || !line.startsWith("m=application ")) {
      throw new ProtocolException("session description with more than a data channel");
    }
    if (line.startsWith("m=application 0 ")) {
      throw new ProtocolException("session description that refuses the data channel");
    }
    keep(line);
  }

  private void readAttribute(String line, String attribute) throws ProtocolException {
    if (attribute.startsWith("candidate:")) {
      readCandidate(line);
      return;
    }
    for (String known : ATTRIBUTES) {
      if (attribute.startsWith(known)) {
        readValue(known, attribute.substring(known.length()).strip());
        keep(line);
        return;
      }
    }
  }

  private void readCandidate(String line) {
    Optional<RemoteCandidate> candidate = RemoteCandidate.usable(line, allowLoopback);
    if (candidate.isPresent() && candidates.size() < MAX_CANDIDATES) {
      candidates.add(candidate.get());
      keep(line);
    }
  }

  private void readValue(String attribute, String value) throws ProtocolException {
    switch (attribute) {
      case "ice-ufrag:" -> userFragment = value;
      case "ice-pwd:" -> password = value;
      case "fingerprint:" -> readFingerprint(value);
      case "setup:" -> setup = setup(value);
      case "mid:" -> mid = value;
      case "sctp-port:", "sctpmap:" -> sctpPort = port(value);
      case "max-message-size:" -> maxMessageSize = messageSize(value);
      default -> {}
    }
  }

  private void readFingerprint(String value) {
    Matcher matcher = FINGERPRINT.matcher(value);
    if (matcher.matches()) {
      fingerprints.add(
          new Fingerprint(
              matcher.group(1).toLowerCase(Locale.ROOT),
              matcher.group(2).toUpperCase(Locale.ROOT)));
    }
  }

  private static Optional<RemoteSdp.Setup> setup(String value) {
    return switch (value) {
      case "active" -> Optional.of(RemoteSdp.Setup.ACTIVE);
      case "passive" -> Optional.of(RemoteSdp.Setup.PASSIVE);
      case "actpass" -> Optional.of(RemoteSdp.Setup.ACTPASS);
      default -> Optional.empty();
    };
  }

  private static int port(String value) throws ProtocolException {
    Matcher matcher = PORT.matcher(value);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (port <= 0 || port > 65535) {
      throw new ProtocolException("sctp-port " + value);
    }
    return port;
  }

  private static int messageSize(String text) throws ProtocolException {
    long size;
    try {
      size = Long.parseLong(text);
    } catch (NumberFormatException e) {
      size = -1;
    }
    if (size < 0 || (size > 0 && size < MIN_MESSAGE_SIZE)) {
      throw new ProtocolException("max-message-size " + text);
    }
    // Zero: the peer takes messages of any size.
    return size == 0 ? Integer.MAX_VALUE : (int) Math.min(size, Integer.MAX_VALUE);
  }

  private RemoteSdp end() throws ProtocolException {
    if (sections != 1) {
      throw new ProtocolException("session description without a data channel");
    }
    if (fingerprints.isEmpty()) {
      throw new ProtocolException("session description without fingerprint");
    }
    if (!USER_FRAGMENT.matcher(userFragment).matches() || !PASSWORD.matcher(password).matches()) {
      throw new ProtocolException("session description without a password for ICE");
    }
    return new RemoteSdp(
        kept.toString(),
        userFragment,
        password,
        fingerprints,
        setup,
        mid,
        sctpPort,
        maxMessageSize,
        candidates);
  }
}
