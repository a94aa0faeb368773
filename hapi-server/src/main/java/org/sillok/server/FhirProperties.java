package org.sillok.server;

import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.rest.api.EncodingEnum;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of HAPI's stock starter that this server knows, with the same names and defaults
 * ({@code hapi.fhir.allow_multiple_delete} and so on), so that an operator's configuration can be
 * carried over.
 */
@ConfigurationProperties("hapi.fhir")
record FhirProperties(
    @DefaultValue("R4") FhirVersionEnum fhirVersion,
    @Nullable String serverAddress,
    @DefaultValue("JSON") EncodingEnum defaultEncoding,
    @DefaultValue("true") boolean defaultPrettyPrint,
    @DefaultValue("20") int defaultPageSize,
    @DefaultValue("200") int maxPageSize,
    @DefaultValue("60000") long reuseCachedSearchResultsMillis,
    @DefaultValue("60") long retainCachedSearchesMins,
    @DefaultValue("ALPHANUMERIC") JpaStorageSettings.ClientIdStrategyEnum clientIdStrategy,
    JpaStorageSettings.@Nullable IdStrategyEnum serverIdStrategy,
    @DefaultValue("false") boolean allowCascadingDeletes,
    @DefaultValue("true") boolean allowContainsSearches,
    @DefaultValue("false") boolean allowExternalReferences,
    @DefaultValue("false") boolean allowMultipleDelete,
    @DefaultValue("false") boolean autoCreatePlaceholderReferenceTargets,
    @DefaultValue("false") boolean binaryStorageEnabled,
    @DefaultValue("102400") int binaryStorageMinimumBinarySize,
    @DefaultValue("false") boolean bulkExportEnabled,
    @DefaultValue("false") boolean bulkImportEnabled,
    @DefaultValue("true") boolean daoSchedulingEnabled,
    @DefaultValue("true") boolean deleteEnabled,
    @DefaultValue("false") boolean deleteExpungeEnabled,
    @DefaultValue("true") boolean enforceReferentialIntegrityOnDelete,
    @DefaultValue("true") boolean enforceReferentialIntegrityOnWrite,
    @DefaultValue("true") boolean expungeEnabled,
    @DefaultValue("true") boolean filterSearchEnabled,
    @DefaultValue("false") boolean massIngestionModeEnabled,
    @DefaultValue("true") boolean resourceDbhistoryEnabled,
    @DefaultValue("NONE")
        JpaStorageSettings.StoreMetaSourceInformationEnum storeMetaSourceInformation,
    @DefaultValue("false") boolean userRequestRetryVersionConflictsInterceptorEnabled,
    @DefaultValue({
          "http://terminology.hl7.org/*",
          "https://terminology.hl7.org/*",
          "http://snomed.info/*",
          "https://snomed.info/*",
          "http://unitsofmeasure.org/*",
          "https://unitsofmeasure.org/*",
          "http://loinc.org/*",
          "https://loinc.org/*"
        })
        Set<String> logicalUrls,
    @DefaultValue("false") boolean mdmEnabled,
    @DefaultValue("classpath:mdm-rules.json") String mdmRulesJsonLocation,
    @DefaultValue Validation validation,
    @DefaultValue Subscription subscription) {

  FhirProperties {
    logicalUrls = Set.copyOf(logicalUrls);
    if (fhirVersion != FhirVersionEnum.R4) {
      throw new IllegalArgumentException(
          "hapi.fhir.fhir_version is " + fhirVersion + ", this server speaks R4 only");
    }
  }

  record Validation(@DefaultValue("false") boolean requestsEnabled) {}

  record Subscription(@DefaultValue("false") boolean resthookEnabled) {}
}
