package org.sillok.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The vectors that Certificate Transparency's implementations share. */
class Rfc6962Test {

  private static final List<byte[]> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  /** By tree size. */
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static Hash root(int size) {
    return Hash.ofHex(ROOTS.get(size));
  }

  private static List<Hash> hashes(String... hex) {
    return Stream.of(hex).map(Hash::ofHex).toList();
  }

  @Test
  void hashesTheKnownLeavesAndNodes() {
    assertThat(Rfc6962.EMPTY).isEqualTo(root(0));
    assertThat(Rfc6962.leaf(LEAVES.get(0))).isEqualTo(root(1));
    assertThat(Rfc6962.node(Rfc6962.leaf(LEAVES.get(0)), Rfc6962.leaf(LEAVES.get(1))))
        .isEqualTo(root(2));
  }

  @Test
  void rebuildsTheKnownRoots() {
    RootBuilder builder = new RootBuilder();
    assertThat(builder.root()).isEqualTo(root(0));
    for (int size = 1; size <= LEAVES.size(); size++) {
      builder.add(LEAVES.get(size - 1));
      assertThat(builder.root()).as("size %d", size).isEqualTo(root(size));
      assertThat(new NaiveTree(LEAVES).mth(0, size)).isEqualTo(root(size));
    }
  }

  @Test
  void acceptsTheKnownInclusionProofs() throws ProofException {
    new InclusionProof(
            5,
            8,
            hashes(
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"))
        .verify(Rfc6962.leaf(LEAVES.get(5)), root(8));
    new InclusionProof(2, 3, List.of(root(2))).verify(Rfc6962.leaf(LEAVES.get(2)), root(3));
    new InclusionProof(0, 1, List.of()).verify(root(1), root(1));
  }

  @Test
  void acceptsTheKnownConsistencyProofs() throws ProofException {
    new ConsistencyProof(
            6,
            8,
            hashes(
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"))
        .verify(root(6), root(8));
    new ConsistencyProof(
            2,
            5,
            hashes(
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"))
        .verify(root(2), root(5));
  }
}
