package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages as other programs send them, byte by byte. */
class WireVectorTest {
  record Vector(String message, String hex, Consumer<WireOutput> sending) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<Vector> vectors() {
    return Stream.of(
        new Vector("keep-alive", "00000000", WireOutput::keepAlive),
        new Vector("choke", "0000000100", WireOutput::choke),
        new Vector("unchoke", "0000000101", WireOutput::unchoke),
        new Vector("interested", "0000000102", WireOutput::interested),
        new Vector("not interested", "0000000103", WireOutput::notInterested),
        new Vector("have 1024", "000000050400000400", out -> out.have(1024)),
        new Vector(
            "bitfield e0c0",
            "0000000305e0c0",
            out -> out.bitfield(new byte[] {(byte) 0xe0, (byte) 0xc0})),
        new Vector(
            "request 1 16384 16384",
            "0000000d06000000010000400000004000",
            out -> out.request(1, 16384, 16384)),
        new Vector(
            "piece 1 16384 4 deadbeef",
            "0000000d070000000100004000deadbeef",
            out -> out.piece(1, 16384, ByteBuffer.wrap(bytes("deadbeef")), () -> {})),
        new Vector(
            "cancel 1 16384 16384",
            "0000000d08000000010000400000004000",
            out -> out.cancel(1, 16384, 16384)),
        new Vector(
            "reject 1 16384 16384",
            "0000000d10000000010000400000004000",
            out -> out.reject(1, 16384, 16384)),
        new Vector("port 6881", "00000003091ae1", out -> out.port(6881)),
        new Vector("port 65535", "0000000309ffff", out -> out.port(65535)),
        new Vector("suggest 7", "000000050d00000007", out -> out.suggest(7)),
        new Vector("have all", "000000010e", WireOutput::haveAll),
        new Vector("have none", "000000010f", WireOutput::haveNone),
        new Vector("allowed fast 7", "000000051100000007", out -> out.allowedFast(7)),
        new Vector(
            "extended 7 00000201",
            "00000006140700000201",
            out -> out.extended(7, ExtensionPayload.dontHave(513))),
        new Vector("extended 255 ", "0000000214ff", out -> out.extended(255, new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsWhatOthersSend(Vector vector) throws ProtocolException {
    RecordingHandler handler = new RecordingHandler();
    WireReader reader = new WireReader(handler);
    reader.fastEnabled(true);

    reader.read(ByteBuffer.wrap(bytes(vector.hex)));

    assertEquals(List.of(vector.message), handler.messages);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void sendsWhatOthersSend(Vector vector) {
    WireOutput output = new WireOutput(new WireBuffers());
    TricklingConnection connection = new TricklingConnection();

    vector.sending.accept(output);
    output.flush(connection);

    assertEquals(vector.hex, connection.takenHex());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
