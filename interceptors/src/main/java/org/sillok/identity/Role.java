package org.sillok.identity;

/** What own staff and systems may do beyond what the server lets everybody of the hospital do. */
public enum Role {
  /** Treats patients. */
  CLINICIAN,
  /** Reviews the trail and asks why access was given. */
  COMPLIANCE,
  /** A program of the hospital. */
  SYSTEM
}
