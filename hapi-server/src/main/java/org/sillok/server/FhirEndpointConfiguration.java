package org.sillok.server;

import ca.uhn.fhir.batch2.jobs.bulkmodify.reindex.ReindexProvider;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.batch2.jobs.imprt.BulkDataImportProvider;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.binary.interceptor.BinaryStorageInterceptor;
import ca.uhn.fhir.jpa.binary.provider.BinaryAccessProvider;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.delete.ThreadSafeResourceDeleterSvc;
import ca.uhn.fhir.jpa.interceptor.CascadingDeleteInterceptor;
import ca.uhn.fhir.jpa.interceptor.UserRequestRetryVersionConflictsInterceptor;
import ca.uhn.fhir.jpa.provider.DiffProvider;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.SubscriptionTriggeringProvider;
import ca.uhn.fhir.jpa.provider.TerminologyUploaderProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.mdm.provider.MdmProviderLoader;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.RequestValidatingInterceptor;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.validation.IValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The REST endpoint under {@code /fhir}: which operations it offers and how it answers. */
@Configuration(proxyBeanMethods = false)
class FhirEndpointConfiguration {

  @Bean
  RestfulServer restfulServer(
      IFhirSystemDao<?, ?> systemDao,
      FhirProperties fhir,
      JpaStorageSettings settings,
      ISearchParamRegistry searchParams,
      IValidationSupport validationSupport,
      DatabaseBackedPagingProvider paging) {
    RestfulServer server = new RestfulServer(systemDao.getContext());
    server.setDefaultPrettyPrint(fhir.defaultPrettyPrint());
    server.setDefaultResponseEncoding(fhir.defaultEncoding());
    server.setPagingProvider(paging);
    server.setServerAddressStrategy(
        fhir.serverAddress() == null
            ? new IncomingRequestAddressStrategy()
            : new HardcodedServerAddressStrategy(fhir.serverAddress()));
    JpaCapabilityStatementProvider capabilities =
        new JpaCapabilityStatementProvider(
            server, systemDao, settings, searchParams, validationSupport);
    capabilities.setImplementationDescription("Sillok HAPI FHIR R4 server");
    server.setServerConformanceProvider(capabilities);
    server.registerInterceptor(new ResponseHighlighterInterceptor());
    return server;
  }

  /** The system DAO asks for it by this name when it answers {@code /metadata}. */
  @Bean("myResourceCountsCache")
  ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> systemDao) {
    return ResourceCountCacheUtil.newResourceCountCache(systemDao);
  }

  @Bean
  SmartInitializingSingleton operations(
      RestfulServer server,
      FhirProperties fhir,
      ResourceProviderFactory resourceProviders,
      IJpaSystemProvider systemProvider,
      ValueSetOperationProvider valueSets,
      TerminologyUploaderProvider terminologyUploads,
      SubscriptionTriggeringProvider subscriptionTriggering,
      ReindexProvider reindex,
      DiffProvider diff,
      ObjectProvider<BulkDataExportProvider> bulkExport,
      ObjectProvider<BulkDataImportProvider> bulkImport,
      ObjectProvider<BinaryAccessProvider> binaryAccess,
      ObjectProvider<MdmProviderLoader> mdm) {
    return () -> {
      mdm.ifAvailable(MdmProviderLoader::loadProvider);
      server.registerProviders(resourceProviders.createProviders());
      server.registerProviders(
          systemProvider, valueSets, terminologyUploads, subscriptionTriggering, reindex, diff);
      if (fhir.bulkExportEnabled()) {
        server.registerProvider(bulkExport.getObject());
      }
      if (fhir.bulkImportEnabled()) {
        server.registerProvider(bulkImport.getObject());
      }
      if (fhir.binaryStorageEnabled()) {
        server.registerProvider(binaryAccess.getObject());
      }
    };
  }

  @Bean
  @ConditionalOnProperty("hapi.fhir.allow_cascading_deletes")
  SmartInitializingSingleton cascadingDeletes(
      RestfulServer server,
      DaoRegistry daos,
      IInterceptorBroadcaster broadcaster,
      ThreadSafeResourceDeleterSvc deleter) {
    return () ->
        server.registerInterceptor(
            new CascadingDeleteInterceptor(server.getFhirContext(), daos, broadcaster, deleter));
  }

  @Bean
  @ConditionalOnProperty("hapi.fhir.validation.requests_enabled")
  SmartInitializingSingleton requestValidation(RestfulServer server, IValidatorModule validator) {
    RequestValidatingInterceptor interceptor = new RequestValidatingInterceptor();
    interceptor.setFailOnSeverity(ResultSeverityEnum.ERROR);
    interceptor.setValidatorModules(List.of(validator));
    return () -> server.registerInterceptor(interceptor);
  }

  @Bean
  @ConditionalOnProperty("hapi.fhir.user_request_retry_version_conflicts_interceptor_enabled")
  SmartInitializingSingleton versionConflictRetries(RestfulServer server) {
    return () -> server.registerInterceptor(new UserRequestRetryVersionConflictsInterceptor());
  }

  /**
   * On the storage interceptors, so that what a bundle or a bulk import writes is moved out as
   * well.
   */
  @Bean
  @ConditionalOnProperty("hapi.fhir.binary_storage_enabled")
  SmartInitializingSingleton binaryStorageInterceptor(
      IInterceptorService storageInterceptors, BinaryStorageInterceptor<?> interceptor) {
    return () -> storageInterceptors.registerInterceptor(interceptor);
  }

  @Bean
  ServletRegistrationBean<RestfulServer> fhirServlet(
      RestfulServer server, AutowireCapableBeanFactory beans) {
    beans.autowireBean(server);
    ServletRegistrationBean<RestfulServer> registration =
        new ServletRegistrationBean<>(server, "/fhir/*");
    registration.setName("fhir");
    registration.setLoadOnStartup(1);
    return registration;
  }
}
