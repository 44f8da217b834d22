package org.webtorrent4j.tcp;

import org.webtorrent4j.transport.Encryption;

class MsePlaintextContractTest extends TcpContract {
  MsePlaintextContractTest() throws Exception {
    super(Encryption.PREFERRED, Encryption.ALLOWED, false);
  }
}
