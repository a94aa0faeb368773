package org.sillok.server;

import ca.uhn.fhir.jpa.config.HibernatePropertiesProvider;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.dialect.Dialect;
import org.springframework.beans.BeanUtils;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.ClassUtils;

/** Tells HAPI which dialect the persistence unit was configured with. */
final class ConfiguredDialect extends HibernatePropertiesProvider {

  private final Dialect dialect;

  ConfiguredDialect(LocalContainerEntityManagerFactoryBean factory) {
    String className = (String) factory.getJpaPropertyMap().get(AvailableSettings.DIALECT);
    this.dialect =
        (Dialect) BeanUtils.instantiateClass(ClassUtils.resolveClassName(className, null));
  }

  @Override
  public Dialect getDialect() {
    return dialect;
  }
}
