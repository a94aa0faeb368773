// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../contracts/IConsentRegistry.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// Signs as a patient's wallet does: EIP-712 written down a second time, from its text.
abstract contract Signing is Fixture {
  struct Domain {
    string name;
    string version;
    uint256 chainId;
    address verifyingContract;
  }

  uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

  function _domain() internal view returns (Domain memory) {
    return Domain("Sillok", "1", block.chainid, address(consents));
  }

  function _digest(Domain memory domain, bytes32 structHash) internal pure returns (bytes32) {
    bytes32 separator = keccak256(
      abi.encode(
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
        keccak256(bytes(domain.name)),
        keccak256(bytes(domain.version)),
        domain.chainId,
        domain.verifyingContract
      )
    );
    return keccak256(abi.encodePacked(hex"1901", separator, structHash));
  }

  function _hash(IConsentRegistry.Grant memory terms) internal pure returns (bytes32) {
    return keccak256(
      abi.encode(
        keccak256("Grant(bytes32 id,bytes32 custodian,bytes32 commitment,uint64 expiry,uint64 nonce,uint64 deadline)"),
        terms.id,
        terms.custodian,
        terms.commitment,
        terms.expiry,
        terms.nonce,
        terms.deadline
      )
    );
  }

  function _hashRevoke(bytes32 custodian, bytes32 id) internal pure returns (bytes32) {
    return keccak256(abi.encode(keccak256("Revoke(bytes32 id,bytes32 custodian)"), id, custodian));
  }

  function _hashRegister(bytes32 custodian, address key, uint64 deadline) internal pure returns (bytes32) {
    return keccak256(
      abi.encode(keccak256("RegisterKey(bytes32 custodian,address key,uint64 deadline)"), custodian, key, deadline)
    );
  }

  function _sign(string memory signer, bytes32 structHash) internal view returns (bytes memory) {
    return _sign(signer, _domain(), structHash);
  }

  function _sign(string memory signer, Domain memory domain, bytes32 structHash) internal pure returns (bytes memory) {
    (uint8 v, bytes32 r, bytes32 s) = vm.sign(_secret(signer), _digest(domain, structHash));
    return abi.encodePacked(r, s, v);
  }

  /// The other signature that everybody can make from this one: n - s, other parity.
  function _mirrored(bytes memory signature) internal pure returns (bytes memory) {
    (bytes32 r, bytes32 s, uint8 v) = _split(signature);
    return abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
  }

  function _split(bytes memory signature) internal pure returns (bytes32 r, bytes32 s, uint8 v) {
    for (uint256 i = 0; i < 32; i++) {
      r |= bytes32(signature[i]) >> (8 * i);
      s |= bytes32(signature[32 + i]) >> (8 * i);
    }
    v = uint8(signature[64]);
  }
}
