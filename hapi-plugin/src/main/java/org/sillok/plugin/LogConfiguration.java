package org.sillok.plugin;

import java.security.SecureRandom;
import org.sillok.log.EntryMac;
import org.sillok.log.EntryWriter;
import org.sillok.log.KeyDirectory;
import org.sillok.log.LogKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hospital's log: its keys, its writer, its sequencer. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  @Bean
  LogKeys sillokLogKeys(SillokProperties properties, SecureRandom sillokRandom) {
    return new LogKeys(new KeyDirectory(properties.dataDirectory()), sillokRandom);
  }

  @Bean
  EntryMac sillokEntryMac(LogKeys keys) {
    return keys.entryMac();
  }

  @Bean
  EntryWriter sillokEntryWriter(EntryMac mac) {
    return new EntryWriter(mac);
  }
}
