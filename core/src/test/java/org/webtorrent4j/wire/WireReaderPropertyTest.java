package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WireReaderPropertyTest {
  @Property(tries = 300)
  void anyCutOfTheStreamGivesTheSameMessages(
      @ForAll("messages") List<Consumer<WireOutput>> messages,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 40) Integer> cuts,
      @ForAll boolean direct)
      throws ProtocolException {
    byte[] stream = encode(messages);
    RecordingHandler whole = new RecordingHandler();
    RecordingHandler cut = new RecordingHandler();

    reader(whole).read(ByteBuffer.wrap(stream));
    WireReader reader = reader(cut);
    int at = 0;
    for (int i = 0; at < stream.length; i++) {
      int length = Math.min(cuts.get(i % cuts.size()), stream.length - at);
      reader.read(slice(stream, at, length, direct));
      at += length;
    }

    assertEquals(messages.size(), whole.messages.size());
    assertEquals(whole.messages, cut.messages);
  }

  @Property(tries = 1000)
  void randomBytesOnlyEverBreakTheProtocol(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int cut) {
    WireReader reader = reader(new RecordingHandler());
    try {
      for (int at = 0; at < bytes.length; at += cut) {
        reader.read(slice(bytes, at, Math.min(cut, bytes.length - at), false));
      }
    } catch (ProtocolException e) {
      // the one way to fail
    }

    assertTrue(reader.payloadRoom() <= 16 << 10);
  }

  /** Plausible heads, so that what follows is reached. */
  @Property(tries = 1000)
  void hostileHeadsOnlyEverBreakTheProtocol(
      @ForAll @IntRange(min = 0, max = 30) int id,
      @ForAll @IntRange(min = 0, max = 40) int length,
      @ForAll @Size(max = 100) byte[] rest,
      @ForAll boolean fast) {
    WireReader reader = new WireReader(new RecordingHandler());
    reader.fastEnabled(fast);
    ByteBuffer bytes = ByteBuffer.allocate(5 + rest.length).putInt(length).put((byte) id).put(rest);
    try {
      reader.read(bytes.flip());
    } catch (ProtocolException e) {
      // the one way to fail
    }

    assertTrue(reader.payloadRoom() <= 16 << 10);
  }

  @Provide
  Arbitrary<List<Consumer<WireOutput>>> messages() {
    Arbitrary<Integer> number = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
    Arbitrary<byte[]> block = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(100);
    Arbitrary<Consumer<WireOutput>> bare =
        Arbitraries.of(
            WireOutput::keepAlive,
            WireOutput::choke,
            WireOutput::unchoke,
            WireOutput::interested,
            WireOutput::notInterested,
            WireOutput::haveAll,
            WireOutput::haveNone);
    return Arbitraries.oneOf(
            bare,
            number.map(piece -> out -> out.have(piece)),
            number.map(piece -> out -> out.suggest(piece)),
            number.map(piece -> out -> out.allowedFast(piece)),
            Arbitraries.integers().between(0, 65535).map(port -> out -> out.port(port)),
            bytes.map(bits -> out -> out.bitfield(bits)),
            Combinators.combine(Arbitraries.integers().between(0, 255), bytes)
                .as((id, payload) -> out -> out.extended(id, payload)),
            Combinators.combine(number, number, number)
                .as((piece, begin, length) -> out -> out.request(piece, begin, length)),
            Combinators.combine(number, number, number)
                .as((piece, begin, length) -> out -> out.cancel(piece, begin, length)),
            Combinators.combine(number, number, number)
                .as((piece, begin, length) -> out -> out.reject(piece, begin, length)),
            Combinators.combine(number, number, block)
                .as(
                    (piece, begin, data) ->
                        out -> out.piece(piece, begin, ByteBuffer.wrap(data), () -> {})))
        .list()
        .ofMaxSize(30);
  }

  private static byte[] encode(List<Consumer<WireOutput>> messages) {
    WireOutput output = new WireOutput(new WireBuffers());
    messages.forEach(message -> message.accept(output));
    TricklingConnection connection = new TricklingConnection();
    output.flush(connection);
    return connection.taken();
  }

  private static WireReader reader(WireHandler handler) {
    WireReader reader = new WireReader(handler);
    reader.fastEnabled(true);
    return reader;
  }

  private static ByteBuffer slice(byte[] bytes, int at, int length, boolean direct) {
    return direct
        ? ByteBuffer.allocateDirect(length).put(bytes, at, length).flip()
        : ByteBuffer.wrap(bytes, at, length).asReadOnlyBuffer();
  }
}
