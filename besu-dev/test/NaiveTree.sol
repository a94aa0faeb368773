// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// RFC 6962 §2.1 written down as the RFC has it, by recursion. Trees of any size are affordable because perfect subtrees
/// that a proof does not look into count as one made-up hash.
contract NaiveTree {
  /// Root of the tree of `size` leaves, of which perfect subtrees around leaf `cut` or with an edge there are split.
  function root(bytes32 seed, uint256 size, uint256 cut, bool toLeaves) external pure returns (bytes32) {
    return _root(seed, 0, size, cut, toLeaves);
  }

  /// PROOF(m, D[n]) of §2.1.2, for 0 < m < n.
  function consistency(bytes32 seed, uint256 m, uint256 n, bool toLeaves) external pure returns (bytes32[] memory) {
    return _subproof(seed, m, 0, n, m, true, toLeaves);
  }

  /// PATH(m, D[n]) of §2.1.1, for m < n; the leaf is `leaf(seed, m)`.
  function inclusion(bytes32 seed, uint256 m, uint256 n, bool toLeaves) external pure returns (bytes32[] memory) {
    return _path(seed, m, 0, n, m, toLeaves);
  }

  function leaf(bytes32 seed, uint256 index) public pure returns (bytes32) {
    return _madeUp(seed, index, 1);
  }

  function _root(bytes32 seed, uint256 start, uint256 size, uint256 cut, bool toLeaves) private pure returns (bytes32) {
    bool perfect = size & (size - 1) == 0;
    bool holdsCut = start <= cut && cut < start + size;
    if (size == 1 || (perfect && !holdsCut && !toLeaves)) {
      return _madeUp(seed, start, size);
    }
    uint256 left = _split(size);
    return sha256(
      abi.encodePacked(
        bytes1(0x01), _root(seed, start, left, cut, toLeaves), _root(seed, start + left, size - left, cut, toLeaves)
      )
    );
  }

  function _subproof(bytes32 seed, uint256 m, uint256 start, uint256 size, uint256 cut, bool whole, bool toLeaves)
    private
    pure
    returns (bytes32[] memory)
  {
    if (m == size) {
      return whole ? new bytes32[](0) : _append(new bytes32[](0), _root(seed, start, size, cut, toLeaves));
    }
    uint256 left = _split(size);
    if (m <= left) {
      return _append(
        _subproof(seed, m, start, left, cut, whole, toLeaves), _root(seed, start + left, size - left, cut, toLeaves)
      );
    }
    return _append(
      _subproof(seed, m - left, start + left, size - left, cut, false, toLeaves),
      _root(seed, start, left, cut, toLeaves)
    );
  }

  function _path(bytes32 seed, uint256 m, uint256 start, uint256 size, uint256 cut, bool toLeaves)
    private
    pure
    returns (bytes32[] memory)
  {
    if (size == 1) {
      return new bytes32[](0);
    }
    uint256 left = _split(size);
    if (m < left) {
      return _append(_path(seed, m, start, left, cut, toLeaves), _root(seed, start + left, size - left, cut, toLeaves));
    }
    return
      _append(_path(seed, m - left, start + left, size - left, cut, toLeaves), _root(seed, start, left, cut, toLeaves));
  }

  /// The largest power of two smaller than `size`.
  function _split(uint256 size) private pure returns (uint256 left) {
    left = 1;
    while (left * 2 < size) {
      left *= 2;
    }
  }

  function _madeUp(bytes32 seed, uint256 start, uint256 size) private pure returns (bytes32) {
    return keccak256(abi.encode(seed, start, size));
  }

  function _append(bytes32[] memory path, bytes32 hash) private pure returns (bytes32[] memory longer) {
    longer = new bytes32[](path.length + 1);
    for (uint256 i = 0; i < path.length; i++) {
      longer[i] = path[i];
    }
    longer[path.length] = hash;
  }
}
