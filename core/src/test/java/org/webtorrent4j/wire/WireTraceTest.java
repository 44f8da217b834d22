package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTraceTest {
  private final WireOutput output = new WireOutput(new WireBuffers());
  private final List<String> sent = new ArrayList<>();
  private final List<String> received = new ArrayList<>();

  @Test
  void bothEndsWriteTheSameLines() throws ProtocolException {
    output.trace(sent::add);
    output.interested();
    output.have(7);
    output.request(12, 32768, 16384);
    output.bitfield(new byte[] {1, 2, 3});
    output.extended(0, new byte[] {'d', 'e'});
    output.haveAll();
    output.piece(1, 0, ByteBuffer.allocate(5), () -> {});

    TricklingConnection connection = new TricklingConnection();
    output.flush(connection);
    RecordingHandler handler = new RecordingHandler();
    WireReader reader = new WireReader(new WireTrace(handler, received::add));
    reader.fastEnabled(true);
    reader.read(ByteBuffer.wrap(HexFormat.of().parseHex(connection.takenHex())));

    assertEquals(
        List.of(
            "interested",
            "have 7",
            "request 12 +32768 16384",
            "bitfield 3",
            "extended 0 2 bytes",
            "have all",
            "piece 1 +0 5"),
        sent);
    assertEquals(sent, received);
  }
}
