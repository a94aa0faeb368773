package org.sillok.ledger.besu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.Address;
import org.sillok.merkle.Hash;

class LedgerFileTest {

  private static final LedgerFile FILE =
      new LedgerFile(
          1337, Hash.ofHex("ab".repeat(32)), address("11"), address("22"), address("33"), 7);

  private static Address address(String digits) {
    return Address.parse("0x" + digits.repeat(20));
  }

  @Test
  void readsWhatItWrites() {
    assertThat(LedgerFile.parse(FILE.toJson())).isEqualTo(FILE);
    assertThat(LedgerFile.parse(FILE.toJson().replaceAll("\\s", ""))).isEqualTo(FILE);
    assertThat(FILE.toJson())
        .contains("\"format\" : \"sillok-ledger-v1\"")
        .contains("\"genesis\" : \"0xabab");
  }

  @Test
  void refusesEverythingElse() {
    String json = FILE.toJson();
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            json + "{}",
            json.replace("ledger-v1", "ledger-v2"),
            json.replace("\"block\"", "\"blocks\""),
            json.replace("\"block\"", "\"more\":1,\"block\""),
            json.replace("\"block\"", "\"chainId\":1,\"block\""),
            json.replace("1337", "0"),
            json.replace("1337", "-1"),
            json.replace("1337", "9007199254740992"),
            json.replace("1337", "99999999999999999999"),
            json.replace("1337", "1337.5"),
            json.replace("1337", "\"1337\""),
            json.replace("0xab", "ab"),
            json.replace("0xab", "0x"),
            json.replace("11".repeat(20), "00".repeat(20)),
            json.replace("11".repeat(20), "22".repeat(20)),
            json.replace("11".repeat(20), "11".repeat(19)))) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> LedgerFile.parse(bad));
    }
  }
}
