package org.webtorrent4j.webrtc.libwebrtc.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ElfFileTest {
  @Test
  void hashIsThatOfTheSystemVAbi() {
    assertEquals(0, ElfFile.hash(""));
    assertEquals(0x077905a6, ElfFile.hash("printf"));
    assertEquals(0x0d696914, ElfFile.hash("GLIBC_2.4") & 0x0fffffff);
  }

  @Test
  void standInHasNameVersionAndNoSections() {
    byte[] file = ElfFile.standIn(ElfFile.Machine.X86_64, "libpulse.so.0", "PULSE_0");

    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0x464c457f, bytes.getInt(0));
    assertEquals(62, bytes.getShort(18)); // x86-64
    assertEquals(file.length, bytes.getLong(64 + 32)); // one segment that is the whole file
    assertEquals(0, bytes.getShort(60));
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.endsWith("\0libpulse.so.0\0PULSE_0\0"), text);
    assertTrue(file.length < 1024);
  }

  @Test
  void sameInputGivesTheSameFile() {
    assertArrayEquals(
        ElfFile.standIn(ElfFile.Machine.AARCH64, "libX11.so.6", ""),
        ElfFile.standIn(ElfFile.Machine.AARCH64, "libX11.so.6", ""));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void linkerTellsPresentLibrariesFromAbsentOnes() {
    assertFalse(StandIns.isAbsent(ElfFile.Machine.X86_64, "libc.so.6"));
    assertTrue(StandIns.isAbsent(ElfFile.Machine.X86_64, "libsurely-not-here.so.3"));
  }
}
