// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Proofs over an RFC 6962 tree
/// @notice The verification algorithms of RFC 9162, step by step, with SHA-256. Pure.
library MerkleProofs {
  /// @notice The tree without leaves: SHA-256 of nothing.
  bytes32 internal constant EMPTY_ROOT = 0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855;

  /// @notice Whether the first leaves of the second tree are those of the first (RFC 9162 §2.1.4.2).
  /// @param first size of the older tree, greater than 0
  /// @param second size of the newer tree, greater than `first`
  function isExtension(uint64 first, bytes32 firstRoot, uint64 second, bytes32 secondRoot, bytes32[] calldata path)
    internal
    pure
    returns (bool)
  {
    uint256 fn = first - 1;
    uint256 sn = second - 1;
    while (fn & 1 == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    // The older tree is the start itself if its size is a power of two, and is left out of the path then.
    bool perfect = fn == 0;
    if (!perfect && path.length == 0) {
      return false;
    }
    bytes32 fr = perfect ? firstRoot : path[0];
    bytes32 sr = fr;
    for (uint256 i = perfect ? 0 : 1; i < path.length; i++) {
      if (sn == 0) {
        return false;
      }
      bytes32 c = path[i];
      if (fn & 1 == 1 || fn == sn) {
        bytes32 parent = _node(c, fr);
        sr = sr == fr ? parent : _node(c, sr);
        fr = parent;
        while (fn & 1 == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = _node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && fr == firstRoot && sr == secondRoot;
  }

  /// @notice Whether the leaf stands at `index` in the tree (RFC 9162 §2.1.3.2).
  function isIncluded(uint64 index, bytes32 leaf, uint64 size, bytes32 root, bytes32[] calldata path)
    internal
    pure
    returns (bool)
  {
    if (index >= size) {
      return false;
    }
    uint256 fn = index;
    uint256 sn = size - 1;
    bytes32 r = leaf;
    for (uint256 i = 0; i < path.length; i++) {
      if (sn == 0) {
        return false;
      }
      if (fn & 1 == 1 || fn == sn) {
        r = _node(path[i], r);
        while (fn & 1 == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = _node(r, path[i]);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && r == root;
  }

  function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
    return sha256(abi.encodePacked(bytes1(0x01), left, right));
  }
}
