package org.webtorrent4j.piece;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BitfieldTest {
  @Test
  void bytesAreThoseOfTheWire() {
    Bitfield bits = new Bitfield(10);
    for (int piece : new int[] {0, 1, 2, 8, 9}) {
      assertTrue(bits.set(piece));
    }

    assertArrayEquals(HexFormat.of().parseHex("e0c0"), bits.toBytes());
    assertEquals(5, Bitfield.ofBytes(bits.toBytes(), 10).cardinality());
  }

  @Test
  void wrongLengthAndSpareBitsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Bitfield.ofBytes(new byte[1], 9));
    assertThrows(IllegalArgumentException.class, () -> Bitfield.ofBytes(new byte[3], 9));
    assertThrows(IllegalArgumentException.class, () -> Bitfield.ofBytes(new byte[] {0, 0x40}, 9));
    assertEquals(1, Bitfield.ofBytes(new byte[] {0, (byte) 0x80}, 9).cardinality());
  }

  @Test
  void fullSetHasNoSpareBits() {
    for (int size : new int[] {1, 7, 8, 63, 64, 65, 128, 1000}) {
      Bitfield bits = new Bitfield(size);

      bits.setAll();

      assertTrue(bits.isFull());
      assertEquals(size, Bitfield.ofBytes(bits.toBytes(), size).cardinality());
      assertEquals(-1, bits.nextClear(0));
      assertTrue(bits.clear(size - 1));
      assertEquals(size - 1, bits.nextClear(0));
      assertFalse(bits.isFull());
    }
  }

  @Property
  void behavesLikeABitSet(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @Size(max = 100) int[] changes,
      @ForAll @Size(max = 100) int[] others) {
    Bitfield bits = new Bitfield(size);
    BitSet model = new BitSet();
    for (int change : changes) {
      int piece = Math.floorMod(change, size);
      if (change % 3 == 0) {
        assertEquals(model.get(piece), bits.clear(piece));
        model.clear(piece);
      } else {
        assertEquals(!model.get(piece), bits.set(piece));
        model.set(piece);
      }
    }
    Bitfield other = new Bitfield(size);
    BitSet common = new BitSet();
    for (int o : others) {
      int piece = Math.floorMod(o, size);
      other.set(piece);
      common.set(piece);
    }
    common.and(model);

    assertEquals(model.cardinality(), bits.cardinality());
    assertEquals(model.isEmpty(), bits.isEmpty());
    for (int from = 0; from <= size; from++) {
      int clear = model.nextClearBit(from);
      assertEquals(model.nextSetBit(from), bits.nextSet(from));
      assertEquals(clear < size ? clear : -1, bits.nextClear(from));
      assertEquals(common.nextSetBit(from), bits.nextCommon(other, from));
    }
  }

  @Test
  void piecesOfARangeAreCounted() {
    Random random = new Random(1);
    Bitfield set = new Bitfield(200);
    for (int i = 0; i < 100; i++) {
      set.set(random.nextInt(200));
    }

    for (int first = 0; first <= 200; first++) {
      for (int end = first; end <= 200; end++) {
        int expected = 0;
        for (int piece = first; piece < end; piece++) {
          expected += set.get(piece) ? 1 : 0;
        }
        assertEquals(expected, set.cardinality(first, end));
      }
    }
  }
}
