package org.sillok.server;

import ca.uhn.fhir.jpa.mdm.config.MdmConsumerConfig;
import ca.uhn.fhir.jpa.mdm.config.MdmSubmitterConfig;
import ca.uhn.fhir.jpa.searchparam.config.NicknameServiceConfig;
import ca.uhn.fhir.mdm.api.IMdmSettings;
import ca.uhn.fhir.mdm.rules.config.MdmRuleValidator;
import ca.uhn.fhir.mdm.rules.config.MdmSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

/**
 * Master data management, by {@code hapi.fhir.mdm_enabled} with the rules of {@code
 * hapi.fhir.mdm_rules_json_location}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hapi.fhir.mdm_enabled")
@Import({MdmConsumerConfig.class, MdmSubmitterConfig.class, NicknameServiceConfig.class})
class MdmConfiguration {

  @Bean
  IMdmSettings mdmSettings(
      MdmRuleValidator validator, ResourceLoader resources, FhirProperties fhir)
      throws IOException {
    String rules =
        resources
            .getResource(fhir.mdmRulesJsonLocation())
            .getContentAsString(StandardCharsets.UTF_8);
    return new MdmSettings(validator).setEnabled(true).setScriptText(rules);
  }
}
