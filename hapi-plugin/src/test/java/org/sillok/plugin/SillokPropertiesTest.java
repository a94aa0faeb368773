package org.sillok.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sillok.ledger.HospitalId;
import org.sillok.plugin.SillokProperties.Hospital;

class SillokPropertiesTest {

  @Test
  void takesTheHospitalIdsThatTheLedgerTakes() {
    for (String id : List.of("a", "st.mary-2", "9", "a".repeat(32))) {
      assertThat(new Hospital(id, null).id()).isEqualTo(new HospitalId(id).value());
    }
    for (String id : List.of("", "-a", ".a", "A", "a_b", "a".repeat(33))) {
      assertThatThrownBy(() -> new Hospital(id, null))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("sillok.hospital.id");
      assertThatThrownBy(() -> new HospitalId(id)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
