package org.sillok.plugin;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.TagStorageModeEnum;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Refuses to start with settings of HAPI under which versions come or change without any hook, and
 * warns of those that leave gaps which only the sweep finds. Looks as soon as the settings are
 * there, before the server spends time on them, and again at the end, in case that somebody changed
 * them.
 */
final class StorageSettingsCheck implements BeanPostProcessor, SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(StorageSettingsCheck.class);

  private final ObjectProvider<JpaStorageSettings> settings;
  private final ObjectProvider<PartitionSettings> partitions;
  private final ObjectProvider<FhirContext> fhirContext;

  StorageSettingsCheck(
      ObjectProvider<JpaStorageSettings> settings,
      ObjectProvider<PartitionSettings> partitions,
      ObjectProvider<FhirContext> fhirContext) {
    this.settings = settings;
    this.partitions = partitions;
    this.fhirContext = fhirContext;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof JpaStorageSettings found) {
      refuse(dangers(found));
    } else if (bean instanceof PartitionSettings found) {
      refuse(dangers(found));
    } else if (bean instanceof FhirContext found) {
      refuse(dangers(found));
    }
    return bean;
  }

  @Override
  public void afterSingletonsInstantiated() {
    settings.stream().forEach(each -> refuse(dangers(each)));
    partitions.stream().forEach(each -> refuse(dangers(each)));
    fhirContext.stream().forEach(each -> refuse(dangers(each)));
    settings.stream().flatMap(each -> gaps(each).stream()).forEach(gap -> log.warn("{}", gap));
  }

  private static void refuse(List<String> dangers) {
    if (!dangers.isEmpty()) {
      throw new UnsafeStorageException(dangers);
    }
  }

  static List<String> dangers(JpaStorageSettings settings) {
    List<String> dangers = new ArrayList<>();
    if (!settings.isResourceDbHistoryEnabled()) {
      dangers.add(
          "resource history is off (hapi.fhir.resource_dbhistory_enabled=false): updates would replace what was logged. Set it to true.");
    }
    if (settings.isUpdateWithHistoryRewriteEnabled()) {
      dangers.add(
          "rewriting of history is on (updateWithHistoryRewriteEnabled): old versions could be changed at request. Switch it off.");
    }
    if (settings.isDeleteExpungeEnabled()) {
      dangers.add(
          "delete-expunge is on (hapi.fhir.delete_expunge_enabled=true): versions would vanish without a word. Set it to false; $expunge works.");
    }
    if (settings.getTagStorageMode() == TagStorageModeEnum.NON_VERSIONED) {
      dangers.add(
          "tags are stored NON_VERSIONED (tagStorageMode): a label on one version would change all others. Use VERSIONED or INLINE.");
    }
    return dangers;
  }

  static List<String> dangers(PartitionSettings partitions) {
    return partitions.isPartitioningEnabled()
        ? List.of(
            "partitioning is on (hapi.fhir.partitioning): one log for several tenants is not supported. Run a server for each.")
        : List.of();
  }

  static List<String> dangers(FhirContext context) {
    FhirVersionEnum version = context.getVersion().getVersion();
    return version == FhirVersionEnum.R4
        ? List.of()
        : List.of(
            "this server speaks FHIR "
                + version
                + ", and Sillok knows R4 only (hapi.fhir.fhir_version).");
  }

  static List<String> gaps(JpaStorageSettings settings) {
    return settings.isMassIngestionMode()
        ? List.of(
            "HAPI's mass ingestion mode is on (hapi.fhir.mass_ingestion_mode_enabled=true): labels changed in place are logged as updates, which $verify"
                + " reports as failures. Switch it off when the load is done.")
        : List.of();
  }
}
