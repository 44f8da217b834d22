package org.webtorrent4j.tcp;

import org.webtorrent4j.transport.Encryption;

class PlaintextContractTest extends TcpContract {
  PlaintextContractTest() throws Exception {
    super(Encryption.DISABLED, Encryption.DISABLED, false);
  }
}
