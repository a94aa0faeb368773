package org.sillok.ledger.besu.send;

import org.sillok.ledger.Address;
import org.sillok.ledger.besu.rpc.Message;

/**
 * What shall be written.
 *
 * @param data in hexadecimal, with 0x
 * @param lane if not empty: at most one write of this lane is in flight
 */
public record Write(Address sender, Address contract, String data, String lane) {

  Message message() {
    return new Message(sender, contract, data);
  }
}
