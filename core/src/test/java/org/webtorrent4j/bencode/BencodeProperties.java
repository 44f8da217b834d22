package org.webtorrent4j.bencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class BencodeProperties {
  @Property(tries = 300)
  void whatIsWrittenIsReadStrictly(@ForAll("trees") Object tree) throws Exception {
    BencodeWriter writer = new BencodeWriter();
    write(tree, writer);
    byte[] written = writer.toByteArray();

    BValue value = BencodeReader.strict().read(written);

    BencodeWriter again = new BencodeWriter();
    copy(value, again);
    assertArrayEquals(written, again.toByteArray());
  }

  @Property(tries = 2000)
  void arbitraryBytesAreReadOrRefused(@ForAll("bencodeLike") String input) {
    try {
      BValue value = BencodeReader.lenient().read(BencodeReaderTest.bytes(input));
      copy(value, new BencodeWriter());
    } catch (BencodeException expected) {
      // One of the two outcomes.
    } catch (IllegalStateException duplicateKey) {
      // The lenient reader takes them, the writer does not.
    }
  }

  @Property
  void aCutValueIsRefused(@ForAll("trees") Object tree, @ForAll @Size(1) List<Integer> cut) {
    BencodeWriter writer = new BencodeWriter();
    write(tree, writer);
    byte[] written = writer.toByteArray();
    byte[] part = Arrays.copyOf(written, Math.floorMod(cut.get(0), written.length));

    BencodeReaderTest.fault(BencodeReader.lenient(), new String(part, StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<String> bencodeLike() {
    return Arbitraries.strings().withChars("dlie:-0123459ab\u00ff").ofMaxLength(40);
  }

  @Provide
  Arbitrary<Object> trees() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Object.class::cast));
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(Object.class::cast),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner)
                    .ofMaxSize(4)
                    .map(Object.class::cast)),
        0,
        4);
  }

  private static void write(Object tree, BencodeWriter writer) {
    if (tree instanceof Long number) {
      writer.integer(number);
    } else if (tree instanceof byte[] bytes) {
      writer.string(bytes);
    } else if (tree instanceof List<?> list) {
      writer.beginList();
      list.forEach(item -> write(item, writer));
      writer.end();
    } else if (tree instanceof Map<?, ?> map) {
      writer.beginDict();
      map.forEach((key, value) -> write(value, writer.key((String) key)));
      writer.end();
    }
  }

  private static void copy(BValue value, BencodeWriter writer) {
    if (value instanceof BInteger integer) {
      writer.integer(integer.value());
    } else if (value instanceof BString string) {
      writer.string(string.bytes());
    } else if (value instanceof BList list) {
      writer.beginList();
      list.forEach(item -> copy(item, writer));
      writer.end();
    } else if (value instanceof BDict dict) {
      writer.beginDict();
      dict.forEach(entry -> copy(entry.value(), writer.key(entry.key().bytes())));
      writer.end();
    }
  }
}
