package org.webtorrent4j.webrtc.libwebrtc.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the smallest shared libraries that the dynamic linker takes: with a name, perhaps a
 * version definition, perhaps the names of libraries they need, and without any code.
 *
 * <pre>
 *   ELF header, 3 program headers | dynamic | symbols | hash | versions | definitions | strings
 * </pre>
 */
final class ElfFile {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int SYMBOL = 24;
  private static final int VERSION_DEFINITION = 28; // one, with its name

  private static final int DT_NULL = 0;
  private static final int DT_NEEDED = 1;
  private static final int DT_HASH = 4;
  private static final int DT_STRTAB = 5;
  private static final int DT_SYMTAB = 6;
  private static final int DT_STRSZ = 10;
  private static final int DT_SYMENT = 11;
  private static final int DT_SONAME = 14;
  private static final int DT_VERSYM = 0x6ffffff0;
  private static final int DT_VERDEF = 0x6ffffffc;
  private static final int DT_VERDEFNUM = 0x6ffffffd;

  private final Machine machine;
  private final List<long[]> dynamic = new ArrayList<>();
  private final StringBuilder strings = new StringBuilder("\0");

  private ElfFile(Machine machine) {
    this.machine = machine;
  }

  /** A processor: its number in the header, and how the linker wants segments aligned. */
  enum Machine {
    X86_64(62, 0x1000),
    AARCH64(183, 0x10000);

    private final int number;
    private final int alignment;

    Machine(int number, int alignment) {
      this.number = number;
      this.alignment = alignment;
    }
  }

  /**
   * A library that stands in for another: who needs {@code soname} is content with it, until it
   * calls something.
   *
   * @param version the version of symbols that it claims to define; empty for none
   */
  static byte[] standIn(Machine machine, String soname, String version) {
    ElfFile file = new ElfFile(machine);
    int name = file.string(soname);
    file.dynamic.add(new long[] {DT_SONAME, name});
    return version.isEmpty()
        ? file.write(new byte[0], 0)
        : file.write(definitions(soname, name, version, file.string(version)), 2);
  }

  /** A library that does nothing but need another: it can be loaded where that one can. */
  static byte[] needing(Machine machine, String soname) {
    ElfFile file = new ElfFile(machine);
    file.dynamic.add(new long[] {DT_NEEDED, file.string(soname)});
    return file.write(new byte[0], 0);
  }

  private int string(String text) {
    int offset = strings.length();
    strings.append(text).append('\0');
    return offset;
  }

  /** The definition of the file's own name, which must come first, and that of the version. */
  private static byte[] definitions(String soname, int name, String version, int versionName) {
    byte[] array = new byte[2 * VERSION_DEFINITION];
    ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    definition(bytes, 1, 1, soname, name, VERSION_DEFINITION);
    definition(bytes, 0, 2, version, versionName, 0);
    return array;
  }

  private static void definition(
      ByteBuffer bytes, int flags, int index, String text, int name, int next) {
    bytes.putShort((short) 1).putShort((short) flags).putShort((short) index).putShort((short) 1);
    bytes.putInt(hash(text)).putInt(20).putInt(next);
    bytes.putInt(name).putInt(0);
  }

  /** The hash function of the System V ABI. */
  static int hash(String text) {
    int hash = 0;
    for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash << 4) + (b & 0xff);
      int high = hash & 0xf0000000;
      hash = (hash ^ (high >>> 24)) & ~high;
    }
    return hash;
  }

  private byte[] write(byte[] definitions, int definitionCount) {
    int entries = dynamic.size() + 6 + (definitionCount > 0 ? 3 : 0);
    int dynamicAt = HEADER + 3 * PROGRAM_HEADER;
    int symbolsAt = dynamicAt + entries * 16;
    int hashAt = symbolsAt + SYMBOL;
    int versionsAt = hashAt + 16;
    int definitionsAt = versionsAt + 4;
    int stringsAt = definitionsAt + definitions.length;
    int length = stringsAt + strings.length();
    dynamic.add(new long[] {DT_HASH, hashAt});
    dynamic.add(new long[] {DT_STRTAB, stringsAt});
    dynamic.add(new long[] {DT_SYMTAB, symbolsAt});
    dynamic.add(new long[] {DT_STRSZ, strings.length()});
    dynamic.add(new long[] {DT_SYMENT, SYMBOL});
    if (definitionCount > 0) {
      dynamic.add(new long[] {DT_VERSYM, versionsAt});
      dynamic.add(new long[] {DT_VERDEF, definitionsAt});
      dynamic.add(new long[] {DT_VERDEFNUM, definitionCount});
    }
    dynamic.add(new long[] {DT_NULL, 0});

    byte[] array = new byte[length];
    ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    writeHeader(bytes);
    // Writable, because older linkers turn the offsets of the dynamic section into addresses there.
    writeSegment(bytes, 1, 6, 0, length, machine.alignment);
    writeSegment(bytes, 2, 6, dynamicAt, entries * 16L, 8);
    // Without this, the linker would have to make the stacks of all threads executable.
    writeSegment(bytes, 0x6474e551, 6, 0, 0, 16);
    dynamic.forEach(entry -> bytes.putLong(entry[0]).putLong(entry[1]));
    bytes.position(hashAt);
    bytes.putInt(1).putInt(1).putInt(0).putInt(0); // one bucket, one symbol: the null symbol
    bytes.position(definitionsAt);
    bytes.put(definitions).put(strings.toString().getBytes(StandardCharsets.US_ASCII));
    return array;
  }

  private void writeHeader(ByteBuffer bytes) {
    bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0); // 64 bits, little-endian
    bytes.putShort((short) 3).putShort((short) machine.number).putInt(1); // a shared object
    bytes.putLong(0).putLong(HEADER).putLong(0); // no entry point, program headers, no sections
    bytes.putInt(0).putShort((short) HEADER);
    bytes.putShort((short) PROGRAM_HEADER).putShort((short) 3);
    bytes.putShort((short) 64).putShort((short) 0).putShort((short) 0);
  }

  private static void writeSegment(
      ByteBuffer bytes, int type, int flags, long at, long length, long alignment) {
    bytes.putInt(type).putInt(flags).putLong(at).putLong(at).putLong(at);
    bytes.putLong(length).putLong(length).putLong(alignment);
  }
}
