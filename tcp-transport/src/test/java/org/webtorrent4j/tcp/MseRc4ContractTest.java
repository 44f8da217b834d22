package org.webtorrent4j.tcp;

import org.webtorrent4j.transport.Encryption;

class MseRc4ContractTest extends TcpContract {
  MseRc4ContractTest() throws Exception {
    super(Encryption.REQUIRED, Encryption.REQUIRED, true);
  }
}
