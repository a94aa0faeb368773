package org.sillok.log;

import java.util.List;
import org.sillok.note.Checkpoint;
import org.sillok.note.NoteException;
import org.sillok.note.SignedNote;
import org.sillok.note.VerifierKey;

/**
 * The public keys with which the heads of one log may be signed: it has had more than one if its
 * key was changed. None if the key files are gone.
 */
public record LogVkeys(List<VerifierKey> keys) {

  public LogVkeys {
    keys = List.copyOf(keys);
  }

  public static LogVkeys of(VerifierKey key) {
    return new LogVkeys(List.of(key));
  }

  /**
   * The key that has signed this head.
   *
   * @throws NoteException if none of them has
   */
  public VerifierKey signer(String note) throws NoteException {
    NoteException reason = new NoteException("there is no key of this log in the data directory");
    for (VerifierKey key : keys) {
      try {
        Checkpoint.open(SignedNote.parse(note), key);
        return key;
      } catch (NoteException e) {
        reason = e;
      }
    }
    throw reason;
  }

  /**
   * What one of the keys has signed.
   *
   * @throws NoteException if none of them has signed the note
   */
  public Checkpoint open(String note) throws NoteException {
    return Checkpoint.open(SignedNote.parse(note), signer(note));
  }
}
