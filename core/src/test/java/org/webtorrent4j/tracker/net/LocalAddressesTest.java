package org.webtorrent4j.tracker.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  @Test
  void firstOfTheRightFamilyIsTaken() throws IOException {
    LocalAddresses local =
        new LocalAddresses(
            List.of(address("2001:db8::1"), address("192.0.2.1"), address("192.0.2.2")));

    assertEquals(new InetSocketAddress("192.0.2.1", 0), local.towards(address("198.51.100.1")));
    assertEquals(new InetSocketAddress("2001:db8::1", 0), local.towards(address("2001:db8::9")));
  }

  @Test
  void whereNoneLeadsNothingIsSent() throws IOException {
    LocalAddresses local = new LocalAddresses(List.of(address("192.0.2.1")));

    assertThrows(IOException.class, () -> local.towards(address("2001:db8::9")));
  }

  @Test
  void withoutAnyTheSystemChooses() throws IOException {
    assertTrue(
        LocalAddresses.ANY.towards(address("198.51.100.1")).getAddress().isAnyLocalAddress());
  }
}
