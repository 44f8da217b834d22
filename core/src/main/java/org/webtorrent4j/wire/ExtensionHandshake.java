package org.webtorrent4j.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BencodeException;
import org.webtorrent4j.bencode.BencodeReader;
import org.webtorrent4j.bencode.BencodeWriter;

/**
 * Extended message 0 (BEP 10): what a side speaks and says about itself. Every part is optional and
 * a later handshake adds to an earlier one. Immutable.
 *
 * @param ids the sender's numbers for extensions, 0 to 255; 0 = no longer spoken
 * @param client name and version of the sender's program, for display
 * @param port where the sender accepts connections, 1 to 65535
 * @param requestQueue how many requests the sender is willing to queue, at least 1
 * @param metadataSize of the info dictionary in bytes, from 1, perhaps more than {@link
 *     MetadataMessage#MAX_SIZE}
 * @param uploadOnly whether the sender wants no piece (BEP 21)
 * @param yourIp the receiver's address as the sender sees it
 */
public record ExtensionHandshake(
    Map<Extension, Integer> ids,
    Optional<String> client,
    OptionalInt port,
    OptionalInt requestQueue,
    OptionalInt metadataSize,
    Optional<Boolean> uploadOnly,
    Optional<InetAddress> yourIp) {
  private static final int MAX_CLIENT_LENGTH = 100;
  private static final int MAX_REQUEST_QUEUE = 1 << 20;
  private static final BencodeReader READER =
      BencodeReader.lenient().withMaxDepth(10).withMaxTokens(2000);

  private static final ExtensionHandshake NONE =
      new ExtensionHandshake(
          Map.of(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());

  /** Copies the map. */
  public ExtensionHandshake {
    ids = Map.copyOf(ids);
  }

  /** A handshake that says nothing: the state before the first one. */
  public static ExtensionHandshake none() {
    return NONE;
  }

  /**
   * Reads a handshake and never fails, since there are clients that send nonsense: a part that is
   * not as it should be counts as absent, and extensions that we do not know are left out.
   */
  public static ExtensionHandshake parse(byte[] payload) {
    try {
      return of(READER.readDict(payload));
    } catch (BencodeException e) {
      return NONE; // as every other client does
    }
  }

  /** The sender's number for an extension, to be put into messages to it; 0 = not spoken. */
  public int id(Extension extension) {
    return ids.getOrDefault(extension, 0);
  }

  /** What is known after a later handshake of the same sender. */
  public ExtensionHandshake updatedBy(ExtensionHandshake later) {
    Map<Extension, Integer> all = new EnumMap<>(Extension.class);
    all.putAll(ids);
    all.putAll(later.ids);
    return new ExtensionHandshake(
        all,
        later.client.or(() -> client),
        later.port.isPresent() ? later.port : port,
        later.requestQueue.isPresent() ? later.requestQueue : requestQueue,
        later.metadataSize.isPresent() ? later.metadataSize : metadataSize,
        later.uploadOnly.or(() -> uploadOnly),
        later.yourIp.or(() -> yourIp));
  }

  /** The payload of the message. */
  public byte[] toBytes() {
    BencodeWriter writer = new BencodeWriter().beginDict().key("m").beginDict();
    ids.forEach((extension, id) -> writer.put(extension.wireName(), id));
    writer.end();
    client.ifPresent(name -> writer.put("v", name));
    port.ifPresent(number -> writer.put("p", number));
    requestQueue.ifPresent(length -> writer.put("reqq", length));
    metadataSize.ifPresent(size -> writer.put("metadata_size", size));
    uploadOnly.ifPresent(yes -> writer.put("upload_only", yes ? 1 : 0));
    yourIp.ifPresent(address -> writer.put("yourip", address.getAddress()));
    return writer.end().toByteArray();
  }

  private static ExtensionHandshake of(BDict dict) {
    return new ExtensionHandshake(
        dict.dict("m").map(ExtensionHandshake::ids).orElse(Map.of()),
        dict.text("v").map(ExtensionHandshake::clean).filter(name -> !name.isEmpty()),
        dict.integer("p", 1, 0xffff),
        requestQueue(dict),
        metadataSize(dict),
        dict.integer("upload_only").stream().mapToObj(flag -> flag != 0).findFirst(),
        dict.string("yourip").flatMap(ip -> address(ip.bytes())));
  }

  private static Map<Extension, Integer> ids(BDict m) {
    Map<Extension, Integer> ids = new EnumMap<>(Extension.class);
    for (Extension extension : Extension.values()) {
      m.integer(extension.wireName(), 0, 0xff).ifPresent(id -> ids.put(extension, id));
    }
    return ids;
  }

  /** However large, so that who waits can be told. */
  private static OptionalInt metadataSize(BDict dict) {
    return dict.integer("metadata_size").stream()
        .filter(size -> size > 0)
        .mapToInt(size -> (int) Math.min(size, Integer.MAX_VALUE))
        .findFirst();
  }

  private static OptionalInt requestQueue(BDict dict) {
    return dict.integer("reqq").stream()
        .mapToInt(length -> (int) Math.max(1, Math.min(length, MAX_REQUEST_QUEUE)))
        .findFirst();
  }

  /** It goes into logs and user interfaces: nothing that controls them or is out of all bounds. */
  private static String clean(String name) {
    return name.codePoints()
        .filter(ExtensionHandshake::isPrintable)
        .limit(MAX_CLIENT_LENGTH)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static Optional<InetAddress> address(byte[] bytes) {
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty(); // neither 4 nor 16 bytes
    }
  }
}
