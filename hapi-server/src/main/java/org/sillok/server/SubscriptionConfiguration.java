package org.sillok.server;

import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.match.config.SubscriptionProcessorConfig;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import org.hl7.fhir.dstu2.model.Subscription.SubscriptionChannelType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Subscriptions: stored always, delivered over REST hooks when {@code
 * hapi.fhir.subscription.resthook_enabled} is set. No e-mail.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  SubscriptionSubmitterConfig.class,
  SubscriptionProcessorConfig.class,
  SubscriptionChannelConfig.class
})
class SubscriptionConfiguration {

  @Bean
  SubscriptionSettings subscriptionSettings(FhirProperties fhir) {
    SubscriptionSettings settings = new SubscriptionSettings();
    if (fhir.subscription().resthookEnabled()) {
      settings.addSupportedSubscriptionType(SubscriptionChannelType.RESTHOOK);
    }
    if (fhir.mdmEnabled()) {
      settings.addSupportedSubscriptionType(SubscriptionChannelType.MESSAGE);
    }
    return settings;
  }

  @Bean
  IEmailSender emailSender() {
    return details -> {};
  }
}
