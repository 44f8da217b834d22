package org.webtorrent4j.webrtc.sdp;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * A session description from a stranger, checked and rebuilt from those of its lines that a data
 * channel needs.
 *
 * @param text what is left, with the line ends of the standard
 * @param maxMessageSize the longest message that the peer takes, in bytes
 * @param firstCandidate the first address that the peer can be tried at
 */
public record RemoteSdp(
    String text, int maxMessageSize, Optional<InetSocketAddress> firstCandidate) {
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

  /**
   * Checks and reduces a description.
   *
   * @throws ProtocolException if no data channel can come of it
   */
  public static RemoteSdp parse(String sdp) throws ProtocolException {
    if (sdp.length() > MAX_LENGTH) {
      throw new ProtocolException("session description of " + sdp.length() + " characters");
    }
    Reader reader = new Reader();
    List<String> lines = sdp.lines().toList();
    if (lines.size() > MAX_LINES) {
      throw new ProtocolException("session description of " + lines.size() + " lines");
    }
    for (String line : lines) {
      reader.read(line);
    }
    return reader.end();
  }

  private static final class Reader {
    private final StringBuilder kept = new StringBuilder(2048);
    private int lines;
    private int sections;
    private int candidates;
    private boolean hasFingerprint;
    private boolean hasUser;
    private boolean hasPassword;
    private int maxMessageSize = DEFAULT_MESSAGE_SIZE;
    private Optional<InetSocketAddress> firstCandidate = Optional.empty();

    void read(String line) throws ProtocolException {
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
      } else if (ATTRIBUTES.stream().anyMatch(attribute::startsWith)) {
        hasFingerprint |= attribute.startsWith("fingerprint:");
        hasUser |= attribute.startsWith("ice-ufrag:");
        hasPassword |= attribute.startsWith("ice-pwd:");
        if (attribute.startsWith("max-message-size:")) {
          readMessageSize(attribute.substring("max-message-size:".length()).strip());
        }
        keep(line);
      }
    }

    private void readCandidate(String line) {
      Optional<InetSocketAddress> address = RemoteCandidate.usable(line);
      if (address.isPresent() && candidates < MAX_CANDIDATES) {
        candidates++;
        firstCandidate = firstCandidate.or(() -> address);
        keep(line);
      }
    }

    private void readMessageSize(String text) throws ProtocolException {
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
      maxMessageSize = size == 0 ? Integer.MAX_VALUE : (int) Math.min(size, Integer.MAX_VALUE);
    }

    RemoteSdp end() throws ProtocolException {
      if (sections != 1) {
        throw new ProtocolException("session description without a data channel");
      }
      if (!hasFingerprint || !hasUser || !hasPassword) {
        throw new ProtocolException("session description without fingerprint or ICE password");
      }
      return new RemoteSdp(kept.toString(), maxMessageSize, firstCandidate);
    }
  }
}
