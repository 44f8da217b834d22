package org.webtorrent4j.tcp;

import org.webtorrent4j.transport.Encryption;

class PlaintextWithFallbackContractTest extends TcpContract {
  PlaintextWithFallbackContractTest() throws Exception {
    super(Encryption.ALLOWED, Encryption.DISABLED, false);
  }
}
