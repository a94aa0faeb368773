package org.sillok.ledger.block;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.sillok.ledger.json.Json;
import org.sillok.ledger.json.JsonFormException;
import org.sillok.ledger.json.RecordJson;

/**
 * A block with the ledger's signature, as a text that can be carried away: canonical JSON {@code
 * {"block":{…},"signature":"<128 hex digits>"}}, the signature being Ed25519 over the UTF-8 bytes
 * of the block's canonical JSON.
 */
public final class SignedBlock {

  private SignedBlock() {}

  /** The text of {@code block}, signed. */
  public static String sign(Block block, LedgerSigningKey key) {
    byte[] signature = key.sign(block.text().getBytes(StandardCharsets.UTF_8));
    return Json.write(
        Map.of(
            "block", RecordJson.members(block), "signature", HexFormat.of().formatHex(signature)));
  }

  /**
   * Checks a block text without a ledger: form, members, signature.
   *
   * @param key the ledger's, known from elsewhere
   * @return what was signed; see {@link Block#published()} and {@link Block#receipt()}
   * @throws BlockException if the text is malformed or not signed by {@code key}
   */
  public static Block verify(String text, LedgerPublicKey key) throws BlockException {
    try {
      Map<String, Object> members = Json.parse(text);
      if (members.size() != 2
          || !(members.get("block") instanceof Map<?, ?> block)
          || !(members.get("signature") instanceof String signature)) {
        throw new BlockException("a signed block has block and signature, got " + members.keySet());
      }
      Block read = RecordJson.record(Block.class, block);
      String signed = read.text();
      if (!key.verifies(
          HexFormat.of().parseHex(signature), signed.getBytes(StandardCharsets.UTF_8))) {
        throw new BlockException(
            "block " + read.number() + ": not signed by the ledger key " + key);
      }
      return read;
    } catch (JsonFormException e) {
      throw new BlockException("malformed block: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new BlockException("malformed signature: " + e.getMessage(), e);
    }
  }
}
