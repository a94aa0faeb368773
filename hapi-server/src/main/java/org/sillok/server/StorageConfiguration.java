package org.sillok.server;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HibernatePropertiesProvider;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.dao.FulltextSearchSvcImpl;
import ca.uhn.fhir.jpa.dao.IFulltextSearchSvc;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.dialect.Dialect;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.orm.jpa.JpaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * HAPI's JPA engine for R4: storage settings, persistence unit, transactions, batch jobs. Full-text
 * search is off.
 */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
@Import({
  JpaR4Config.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  ThreadPoolFactoryConfig.class
})
class StorageConfiguration {

  @Bean
  JpaStorageSettings jpaStorageSettings(FhirProperties fhir) {
    JpaStorageSettings settings = new JpaStorageSettings();
    settings.setAllowContainsSearches(fhir.allowContainsSearches());
    settings.setAllowExternalReferences(fhir.allowExternalReferences());
    settings.setAllowMultipleDelete(fhir.allowMultipleDelete());
    settings.setAutoCreatePlaceholderReferenceTargets(fhir.autoCreatePlaceholderReferenceTargets());
    settings.setDeleteEnabled(fhir.deleteEnabled());
    settings.setDeleteExpungeEnabled(fhir.deleteExpungeEnabled());
    settings.setEnforceReferentialIntegrityOnDelete(fhir.enforceReferentialIntegrityOnDelete());
    settings.setEnforceReferentialIntegrityOnWrite(fhir.enforceReferentialIntegrityOnWrite());
    settings.setExpungeEnabled(fhir.expungeEnabled());
    settings.setExpireSearchResultsAfterMillis(
        TimeUnit.MINUTES.toMillis(fhir.retainCachedSearchesMins()));
    settings.setFetchSizeDefaultMaximum(fhir.maxPageSize());
    settings.setFilterParameterEnabled(fhir.filterSearchEnabled());
    settings.setMassIngestionMode(fhir.massIngestionModeEnabled());
    settings.setResourceClientIdStrategy(fhir.clientIdStrategy());
    if (fhir.serverIdStrategy() != null) {
      settings.setResourceServerIdStrategy(fhir.serverIdStrategy());
    }
    settings.setResourceDbHistoryEnabled(fhir.resourceDbhistoryEnabled());
    settings.setReuseCachedSearchResultsForMillis(fhir.reuseCachedSearchResultsMillis());
    settings.setSchedulingDisabled(!fhir.daoSchedulingEnabled());
    settings.setSearchPreFetchThresholds(List.of(13, 503, 2003, -1));
    settings.setStoreMetaSourceInformation(fhir.storeMetaSourceInformation());
    settings.setTreatReferencesAsLogical(fhir.logicalUrls());
    return settings;
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beans,
      DataSource dataSource,
      DataSourceProperties dataSourceProperties,
      JpaProperties jpa,
      FhirContext fhirContext,
      JpaStorageSettings settings)
      throws SQLException {
    dataSource
        .getConnection()
        .close(); // an unreachable database is better told here than by Hibernate's attempts to do
    // without
    Map<String, String> properties = new HashMap<>();
    properties.put(AvailableSettings.DIALECT, dialect(dataSourceProperties).getName());
    properties.put(AvailableSettings.HBM2DDL_AUTO, "update");
    properties.put(
        AvailableSettings.SCANNER, "org.hibernate.boot.archive.scan.internal.DisabledScanner");
    properties.put(AvailableSettings.STATEMENT_BATCH_SIZE, "20");
    properties.put(AvailableSettings.USE_QUERY_CACHE, "false");
    properties.put(AvailableSettings.USE_SECOND_LEVEL_CACHE, "false");
    properties.put("hibernate.search.enabled", "false");
    properties.putAll(jpa.getProperties());
    LocalContainerEntityManagerFactoryBean factory =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhirContext, settings);
    factory.setPersistenceUnitName("HAPI_PU");
    factory.setJpaPropertyMap(properties);
    factory.setDataSource(dataSource);
    return factory;
  }

  private static Class<? extends Dialect> dialect(DataSourceProperties dataSource) {
    return dataSource.determineUrl().startsWith("jdbc:postgresql:")
        ? HapiFhirPostgresDialect.class
        : HapiFhirH2Dialect.class;
  }

  @Bean
  @Primary
  HibernatePropertiesProvider hibernatePropertiesProvider(
      LocalContainerEntityManagerFactoryBean factory) {
    return new ConfiguredDialect(factory);
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
    return new JpaTransactionManager(entityManagerFactory);
  }

  @Bean
  DatabaseBackedPagingProvider databaseBackedPagingProvider(FhirProperties fhir) {
    DatabaseBackedPagingProvider paging = new DatabaseBackedPagingProvider();
    paging.setDefaultPageSize(fhir.defaultPageSize());
    paging.setMaximumPageSize(fhir.maxPageSize());
    return paging;
  }

  @Bean
  DatabaseBinaryContentStorageSvcImpl binaryStorage(FhirProperties fhir) {
    DatabaseBinaryContentStorageSvcImpl storage = new DatabaseBinaryContentStorageSvcImpl();
    storage.setMinimumBinarySize(fhir.binaryStorageMinimumBinarySize());
    return storage;
  }

  @Bean
  IFulltextSearchSvc fullTextSearchSvc() {
    return new FulltextSearchSvcImpl();
  }

  @Bean
  IHSearchSortHelper hSearchSortHelper(ISearchParamRegistry searchParamRegistry) {
    return new HSearchSortHelperImpl(searchParamRegistry);
  }

  @Bean
  IStaleSearchDeletingSvc staleSearchDeletingSvc() {
    return new StaleSearchDeletingSvcImpl();
  }

  @Bean
  IResourceSupportedSvc resourceSupportedSvc(IDaoRegistry daoRegistry) {
    return new DaoRegistryResourceSupportedSvc(daoRegistry);
  }
}
