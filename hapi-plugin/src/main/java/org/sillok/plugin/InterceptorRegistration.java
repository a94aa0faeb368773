package org.sillok.plugin;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import org.sillok.capture.ProvenanceCaptureInterceptor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts capture on the storage engine's interceptors. As soon as these come into being, because some
 * servers install packages while their beans are still being made; and again when all beans are
 * there, which does nothing unless the first chance was missed.
 */
final class InterceptorRegistration implements BeanPostProcessor, SmartInitializingSingleton {

  private final ObjectProvider<ProvenanceCaptureInterceptor> capture;
  private final ObjectProvider<IInterceptorService> storageInterceptors;

  InterceptorRegistration(
      ObjectProvider<ProvenanceCaptureInterceptor> capture,
      ObjectProvider<IInterceptorService> storageInterceptors) {
    this.capture = capture;
    this.storageInterceptors = storageInterceptors;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof IInterceptorService service) {
      register(service);
    }
    return bean;
  }

  @Override
  public void afterSingletonsInstantiated() {
    register(storageInterceptors.getObject());
  }

  private void register(IInterceptorService service) {
    ProvenanceCaptureInterceptor interceptor = capture.getObject();
    if (!service.getAllRegisteredInterceptors().contains(interceptor)) {
      service.registerInterceptor(interceptor);
    }
  }
}
