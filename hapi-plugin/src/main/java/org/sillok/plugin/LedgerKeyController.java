package org.sillok.plugin;

import org.sillok.ledger.block.LedgerPublicKey;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /ledger/ledger.pub}: the key that verifies the embedded ledger's blocks, as {@code
 * sillok-verify --ledger-key} takes it.
 */
@RestController
class LedgerKeyController {

  private final LedgerPublicKey key;

  LedgerKeyController(LedgerPublicKey key) {
    this.key = key;
  }

  @GetMapping(path = "/ledger/ledger.pub", produces = MediaType.TEXT_PLAIN_VALUE)
  String key() {
    return key + "\n";
  }
}
