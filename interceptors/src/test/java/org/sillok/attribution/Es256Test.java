package org.sillok.attribution;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Es256Test {

  private static final ECKey KEY =
      new ECKey.Builder(
              Curve.P_256,
              coordinate("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"),
              coordinate("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"))
          .d(coordinate("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"))
          .build();

  @Test
  void signsTheExamplesOfRfc6979() {
    assertThat(signature("sample"))
        .isEqualTo(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    assertThat(signature("test"))
        .isEqualTo(
            "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
                + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083");
  }

  private static String signature(String message) {
    return HexFormat.of()
        .withUpperCase()
        .formatHex(new Es256(KEY).sign(message.getBytes(US_ASCII)));
  }

  private static Base64URL coordinate(String hex) {
    return Base64URL.encode(HexFormat.of().parseHex(hex));
  }
}
