package org.sillok.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.TagStorageModeEnum;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * What a site's own configuration might do to HAPI's settings that have no property, by properties
 * of the test: {@code sillok.it.tags}, {@code sillok.it.rewrite}, {@code sillok.it.partitions},
 * {@code sillok.it.r5}.
 */
public final class OwnSettings {

  @Bean
  static BeanPostProcessor settingsOfTheTest(Environment environment) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof JpaStorageSettings settings) {
          settings.setUpdateWithHistoryRewriteEnabled(is("rewrite"));
          settings.setTagStorageMode(
              environment.getProperty(
                  "sillok.it.tags", TagStorageModeEnum.class, TagStorageModeEnum.VERSIONED));
        } else if (bean instanceof PartitionSettings partitions) {
          partitions.setPartitioningEnabled(is("partitions"));
        }
        return bean instanceof FhirContext && is("r5") ? FhirContext.forR5Cached() : bean;
      }

      private boolean is(String what) {
        return environment.getProperty("sillok.it." + what, Boolean.class, false);
      }
    };
  }
}
