package org.sillok.testdata;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(
    packages = "org.sillok.testdata",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("org.sillok.testdata.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule serversAreSeenFromOutsideOnly =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "ca.uhn.fhir.jpa..",
              "org.sillok.capture..",
              "org.sillok.verification..",
              "org.sillok.reconcile..",
              "org.sillok.plugin..",
              "org.sillok.server..");
}
