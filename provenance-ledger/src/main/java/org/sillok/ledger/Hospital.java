package org.sillok.ledger;

import java.net.URI;

/**
 * A hospital as the members see it.
 *
 * @param name for people, 1 to 200 characters
 * @param fhirBaseUrl absolute http or https URL, at most 500 characters, without query and fragment
 * @param owner votes and changes this record; its key is kept offline
 * @param publisher publishes checkpoints and records consents, nothing else
 * @param logVkey key of the hospital's open log
 * @param tokenKeys keys of its access tokens
 * @param active false while suspended
 */
public record Hospital(
    HospitalId id,
    String name,
    URI fhirBaseUrl,
    Address owner,
    Address publisher,
    LogVkey logVkey,
    TokenKeys tokenKeys,
    boolean active) {

  public Hospital {
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException(
          "a hospital's name has 1 to 200 characters, got \"" + name + "\"");
    }
    checkUrl(fhirBaseUrl);
    if (owner.equals(publisher)) {
      throw new IllegalArgumentException("owner and publisher key must differ, both " + owner);
    }
  }

  private static void checkUrl(URI url) {
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || url.toString().length() > 500) {
      throw new IllegalArgumentException(
          "the FHIR base is an http(s) URL without user, query and fragment, got " + url);
    }
  }

  public Hospital withEndpoint(String newName, URI newBase) {
    return new Hospital(id, newName, newBase, owner, publisher, logVkey, tokenKeys, active);
  }

  public Hospital withOwner(Address key) {
    return new Hospital(id, name, fhirBaseUrl, key, publisher, logVkey, tokenKeys, active);
  }

  public Hospital withPublisher(Address key) {
    return new Hospital(id, name, fhirBaseUrl, owner, key, logVkey, tokenKeys, active);
  }

  public Hospital withLogVkey(LogVkey key) {
    return new Hospital(id, name, fhirBaseUrl, owner, publisher, key, tokenKeys, active);
  }

  public Hospital withTokenKeys(TokenKeys keys) {
    return new Hospital(id, name, fhirBaseUrl, owner, publisher, logVkey, keys, active);
  }

  public Hospital withActive(boolean now) {
    return new Hospital(id, name, fhirBaseUrl, owner, publisher, logVkey, tokenKeys, now);
  }
}
